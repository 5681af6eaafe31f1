# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id     = "acme-data-prod"
  region         = "europe-west1"
  name           = "rates"
  tenant         = "acme"
  environment    = "prod"
  source_archive = "gs://acme-functions/rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"
}

run "build_account_is_an_email" {
  command = plan

  variables {
    build_service_account = "projects/p/serviceAccounts/builds"
  }

  expect_failures = [var.build_service_account]
}

run "variable_is_a_name" {
  command = plan

  variables {
    environment_variables = { "LOG-LEVEL" = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_is_not_the_functions" {
  command = plan

  variables {
    environment_variables = { FUNCTION_TARGET = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_is_not_googles" {
  command = plan

  variables {
    environment_variables = { X_GOOGLE_FUNCTION = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "secret_is_not_the_functions" {
  command = plan

  variables {
    secrets = { PORT = "projects/p/secrets/s" }
  }

  expect_failures = [var.secrets]
}

run "a_name_stands_once" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "projects/p/secrets/s" }
  }

  expect_failures = [var.environment_variables]
}

run "identity_is_an_email" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "key_has_no_version" {
  command = plan

  variables {
    kms_key_id = "projects/p-keys/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }

  expect_failures = [var.kms_key_id]
}

run "readable_secret_has_no_version" {
  command = plan

  variables {
    readable_secrets = ["projects/p/secrets/s/versions/1"]
  }

  expect_failures = [var.readable_secrets]
}

run "secret_is_a_reference" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_1" }
  }

  expect_failures = [var.secrets]
}

run "secret_variable_is_a_name" {
  command = plan

  variables {
    secrets = { "API-KEY" = "projects/p/secrets/s" }
  }

  expect_failures = [var.secrets]
}

run "bucket_is_a_name" {
  command = plan

  variables {
    storage = { bucket = "gs://lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_has_no_quotes" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "a\"b" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_needs_its_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "x" }
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
