# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

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

run "a_release_is_a_version" {
  command = plan

  variables {
    release = "latest"
  }

  expect_failures = [var.release]
}

run "a_channel_of_gke" {
  command = plan

  variables {
    release_channel = "NIGHTLY"
  }

  expect_failures = [var.release_channel]
}

run "a_maintenance_window_has_four_hours" {
  command = plan

  variables {
    maintenance_window = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T10:00:00Z", recurrence = "FREQ=DAILY" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_maintenance_window_has_times" {
  command = plan

  variables {
    maintenance_window = { start_time = "08:00", end_time = "16:00", recurrence = "FREQ=DAILY" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_maintenance_window_comes_again" {
  command = plan

  variables {
    maintenance_window = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T16:00:00Z", recurrence = "weekends" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_quota_has_room" {
  command = plan

  variables {
    quota = { cpu = 0.5, memory_mib = 4096, pods = 1 }
  }

  expect_failures = [var.quota]
}
