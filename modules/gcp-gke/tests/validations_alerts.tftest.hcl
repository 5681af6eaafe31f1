# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

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

run "logs_are_kept_for_whole_days" {
  command = plan

  variables {
    log_retention_days = 0.5
  }

  expect_failures = [var.log_retention_days]
}

run "a_log_bucket_of_the_project" {
  command = plan

  variables {
    log_bucket_id = "projects/other-project/locations/europe-west1/buckets/etl"
  }

  expect_failures = [var.log_bucket_id]
}

run "a_channel_has_a_full_name" {
  command = plan

  variables {
    alerts = { channels = ["1234"] }
  }

  expect_failures = [var.alerts]
}

run "alerts_count_whole_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "runs_are_measured_by_the_minute" {
  command = plan

  variables {
    alerts = { run_seconds = 30 }
  }

  expect_failures = [var.alerts]
}

run "workers_have_no_runs" {
  command = plan

  variables {
    alerts  = { run_seconds = 60 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "values_at_the_line_pass" {
  command = plan

  variables {
    project_id          = "example.com:acme-data"
    cpu                 = 3.999
    memory_mib          = 16383
    nodes               = { instance_type = "e2-standard-4", autoscaling = { min = 1, max = 1000 }, disk_gib = 20 }
    maintenance_window  = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T12:00:00Z", recurrence = "FREQ=WEEKLY;BYDAY=MO,TU,WE" }
    release             = "1.35"
    tags                = { for number in range(64) : "k${number}" => "v" }
    log_retention_days  = 3650
    max_retries         = 10
    parallelism         = 10000
    run_as_user         = 1
    alerts              = { run_seconds = 60 }
    authorized_networks = { all = "10.0.0.0/8" }
  }

  assert {
    condition     = google_container_node_pool.this.autoscaling[0].total_max_node_count == 1000
    error_message = "Values at their limits must be taken."
  }
}

run "alerts_rate_of_nothing" {
  command = plan

  variables {
    alerts = { error_rate = 0 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_above_all_runs" {
  command = plan

  variables {
    alerts = { timeout_rate = 100.5 }
  }

  expect_failures = [var.alerts]
}

run "alerts_records_without_a_field" {
  command = plan

  variables {
    alerts = { records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_without_a_limit" {
  command = plan

  variables {
    alerts = { records_field = "records" }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_that_is_a_pattern" {
  command = plan

  variables {
    alerts = { records_field = "$.records || true", records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_part_of_a_record" {
  command = plan

  variables {
    alerts = { records_field = "records", records_processed_min = 0.5 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_of_a_worker" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    alerts  = { error_rate = 5 }
  }

  expect_failures = [var.alerts]
}
