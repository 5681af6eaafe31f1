# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

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

run "channel_is_a_name" {
  command = plan

  variables {
    alerts = { channels = ["payments@example.com"] }
  }

  expect_failures = [var.alerts]
}

run "limit_is_whole" {
  command = plan

  variables {
    alerts = { error_lines = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "limit_is_positive" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "long_comes_before_the_timeout" {
  command = plan

  variables {
    alerts = { run_seconds = 1800 }
  }

  expect_failures = [var.alerts]
}

run "log_bucket_is_in_the_project" {
  command = plan

  variables {
    log_bucket_id = "projects/another/locations/europe-west1/buckets/etl"
  }

  expect_failures = [var.log_bucket_id]
}

run "retention_has_a_most" {
  command = plan

  variables {
    log_retention_days = 3651
  }

  expect_failures = [var.log_retention_days]
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
