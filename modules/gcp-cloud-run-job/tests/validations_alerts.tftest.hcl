# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

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

run "logs_are_kept_for_3650_days_at_most" {
  command = plan

  variables {
    log_retention_days = 3651
  }

  expect_failures = [var.log_retention_days]
}

run "a_log_bucket_lies_in_the_same_project" {
  command = plan

  variables {
    log_bucket_id = "projects/acme-logs/locations/europe-west1/buckets/etl"
  }

  expect_failures = [var.log_bucket_id]
}

run "a_channel_has_a_full_name" {
  command = plan

  variables {
    alerts = { channels = ["jane@example.com"] }
  }

  expect_failures = [var.alerts]
}

run "an_alarm_counts_from_one" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "a_long_run_is_watched_for_a_day_at_most" {
  command = plan

  variables {
    alerts = { run_seconds = 90000 }
  }

  expect_failures = [var.alerts]
}

run "the_largest_size" {
  command = plan

  variables {
    cpu        = 8
    memory_mib = 32768
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "8", memory = "32Gi" })
    error_message = "8 vCPUs with 32 GiB must pass."
  }
}

run "the_smallest_size" {
  command = plan

  variables {
    memory_mib = 512
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "1", memory = "512Mi" })
    error_message = "One vCPU with 512 MiB must pass."
  }
}

run "as_many_labels_as_a_resource_takes" {
  command = plan

  variables {
    tags = { for number in range(64) : "k${number}" => "v" }
  }

  assert {
    condition     = length(google_cloud_run_v2_job.this["job"].template[0].labels) == 64
    error_message = "64 labels must pass."
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
