# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size and limits.

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

run "an_image_is_needed" {
  command = plan

  variables {
    image = ""
  }

  expect_failures = [var.image]
}

run "vcpus_come_in_thousandths" {
  command = plan

  variables {
    cpu = 0.5001
  }

  expect_failures = [var.cpu]
}

run "a_pod_is_smaller_than_its_node" {
  command = plan

  variables {
    cpu = 4
  }

  expect_failures = [var.cpu]
}

run "a_pod_is_smaller_than_its_custom_node" {
  command = plan

  variables {
    cpu   = 2
    nodes = { instance_type = "n2-custom-2-8192" }
  }

  expect_failures = [var.cpu]
}

run "memory_is_less_than_a_nodes" {
  command = plan

  variables {
    memory_mib = 16384
  }

  expect_failures = [var.memory_mib]
}

run "memory_starts_at_16" {
  command = plan

  variables {
    memory_mib = 8
  }

  expect_failures = [var.memory_mib]
}

run "workers_have_bounds" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "workers_are_not_retried" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "workers_have_no_parallelism" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "a_timeout_is_whole" {
  command = plan

  variables {
    timeout_seconds = 1.5
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_have_a_limit" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "a_scratch_disk_is_whole" {
  command = plan

  variables {
    ephemeral_storage_mib = 0
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "never_root" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "a_disk_is_16_tib_at_most" {
  command = plan

  variables {
    ephemeral_storage_mib = 16777217
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "a_variable_is_not_null" {
  command = plan

  variables {
    environment_variables = { MODE = null }
  }

  expect_failures = [var.environment_variables]
}

run "workers_are_1000_at_most" {
  command = plan

  variables {
    workers = { min = 1, max = 1001 }
  }

  expect_failures = [var.workers]
}
