# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "a_key_without_a_version" {
  command = plan

  variables {
    kms_key_id = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }

  expect_failures = [var.kms_key_id]
}

run "a_key_of_another_region" {
  command = plan

  variables {
    kms_key_id = "projects/p/locations/europe/keyRings/r/cryptoKeys/k"
  }

  expect_failures = [var.kms_key_id]
}

run "a_key_generation_is_counted_from_one" {
  command = plan

  variables {
    kms_key_generation = 0
  }

  expect_failures = [var.kms_key_generation]
}

run "an_account_whose_name_is_too_short" {
  command = plan

  variables {
    identity = "etl@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "an_account_whose_name_begins_with_a_digit" {
  command = plan

  variables {
    identity = "1etl-runner@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "an_identity_of_a_project" {
  command = plan

  variables {
    identity = "123-compute@developer.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "a_group_of_gke" {
  command = plan

  variables {
    authenticator_security_group = "admins@acme.com"
  }

  expect_failures = [var.authenticator_security_group]
}

run "a_secret_is_a_reference" {
  command = plan

  variables {
    secrets = { API_KEY = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_of_secret_manager_is_not_one_of_kubernetes" {
  command = plan

  variables {
    secrets = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
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

run "a_variable_has_a_name" {
  command = plan

  variables {
    environment_variables = { "1ST" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_has_one_origin" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.environment_variables]
}

run "a_bucket_is_no_address" {
  command = plan

  variables {
    storage = { bucket = "gs://acme" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_has_no_quotes" {
  command = plan

  variables {
    storage = { bucket = "acme-data", prefix = "a\"b" }
  }

  expect_failures = [var.storage]
}

run "a_state_prefix_needs_its_bucket" {
  command = plan

  variables {
    storage = { bucket = "acme-data", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}

run "a_secret_has_no_empty_part" {
  command = plan

  variables {
    secrets = { API_KEY = "s..t/key" }
  }

  expect_failures = [var.secrets]
}

run "a_key_is_no_path" {
  command = plan

  variables {
    secrets = { API_KEY = "stripe/..x" }
  }

  expect_failures = [var.secrets]
}
