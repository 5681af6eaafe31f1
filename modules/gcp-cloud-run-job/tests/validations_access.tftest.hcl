# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "a_secret_is_a_reference" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "a_readable_secret_has_no_version" {
  command = plan

  variables {
    readable_secrets = ["projects/acme-data-prod/secrets/api-key/versions/1"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_variable_has_one_source" {
  command = plan

  variables {
    environment_variables = { API_KEY = "x" }
    secrets               = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_has_a_proper_name" {
  command = plan

  variables {
    environment_variables = { "LOG-LEVEL" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "cloud_runs_own_variables_are_kept" {
  command = plan

  variables {
    environment_variables = { CLOUD_RUN_TASK_INDEX = "0" }
  }

  expect_failures = [var.environment_variables]
}

run "an_identity_is_a_service_account" {
  command = plan

  variables {
    identity = "jane@example.com"
  }

  expect_failures = [var.identity]
}

run "a_key_has_no_version" {
  command = plan

  variables {
    kms_key_id = "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }

  expect_failures = [var.kms_key_id]
}

run "a_bucket_is_a_name" {
  command = plan

  variables {
    storage = { bucket = "gs://acme-data-lake" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_cannot_leave_its_condition" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake", prefix = "raw\") || true || (\"" }
  }

  expect_failures = [var.storage]
}

run "a_state_prefix_needs_a_bucket" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake", state_prefix = "state" }
  }

  expect_failures = [var.storage]
}

run "a_key_of_another_region" {
  command = plan

  variables {
    kms_key_id = "projects/acme-keys/locations/us-central1/keyRings/data/cryptoKeys/etl"
  }

  expect_failures = [var.kms_key_id]
}
