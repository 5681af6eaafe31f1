# Paths covered: every validation in variables.tf that the other files leave out, one value over the line each; and the values at
# the line that must pass.

mock_provider "google" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "a_project_number_is_refused" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "a_zone_is_not_a_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "a_name_has_80_characters_at_most" {
  command = plan

  variables {
    name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
  }

  expect_failures = [var.name]
}

run "a_name_is_not_a_path" {
  command = plan

  variables {
    name = "../etc"
  }

  expect_failures = [var.name]
}

run "a_tenant_has_40_characters_at_most" {
  command = plan

  variables {
    tenant = "ttttttttttttttttttttttttttttttttttttttttt"
  }

  expect_failures = [var.tenant]
}

run "an_environment_has_32_characters_at_most" {
  command = plan

  variables {
    environment = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
  }

  expect_failures = [var.environment]
}

run "an_image_is_needed" {
  command = plan

  variables {
    image = ""
  }

  expect_failures = [var.image]
}

run "three_vcpus_do_not_exist" {
  command = plan

  variables {
    cpu        = 3
    memory_mib = 4096
  }

  expect_failures = [var.cpu]
}

run "less_than_0_08_vcpu_does_not_exist" {
  command = plan

  variables {
    cpu        = 0.05
    memory_mib = 512
  }

  expect_failures = [var.cpu]
}

run "vcpus_come_in_thousandths" {
  command = plan

  variables {
    cpu        = 0.5001
    memory_mib = 512
  }

  expect_failures = [var.cpu]
}

run "memory_starts_at_512" {
  command = plan

  variables {
    memory_mib = 256
  }

  expect_failures = [var.memory_mib]
}

run "memory_ends_at_32768" {
  command = plan

  variables {
    cpu        = 8
    memory_mib = 40960
  }

  expect_failures = [var.memory_mib]
}

run "much_memory_needs_vcpus" {
  command = plan

  variables {
    cpu        = 2
    memory_mib = 8193
  }

  expect_failures = [var.memory_mib]
}

run "little_cpu_takes_little_memory" {
  command = plan

  variables {
    cpu        = 0.5
    memory_mib = 2048
  }

  expect_failures = [var.memory_mib]
}

run "many_vcpus_need_memory" {
  command = plan

  variables {
    cpu        = 6
    memory_mib = 2048
  }

  expect_failures = [var.memory_mib]
}

run "a_run_lasts_seven_days_at_most" {
  command = plan

  variables {
    timeout_seconds = 604801
  }

  expect_failures = [var.timeout_seconds]
}

run "a_run_lasts_a_second_at_least" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "ten_retries_at_most" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "ten_thousand_tasks_at_most" {
  command = plan

  variables {
    parallelism = 10001
  }

  expect_failures = [var.parallelism]
}

run "logs_are_kept_for_3650_days_at_most" {
  command = plan

  variables {
    log_retention_days = 3651
  }

  expect_failures = [var.log_retention_days]
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

run "a_log_bucket_lies_in_the_same_project" {
  command = plan

  variables {
    log_bucket_id = "projects/acme-logs/locations/europe-west1/buckets/etl"
  }

  expect_failures = [var.log_bucket_id]
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

run "a_label_key_is_lower_case" {
  command = plan

  variables {
    tags = { CostCenter = "fin-001" }
  }

  expect_failures = [var.tags]
}

run "a_label_value_has_no_at_sign" {
  command = plan

  variables {
    tags = { owner = "jane@example.com" }
  }

  expect_failures = [var.tags]
}

run "sixty_four_labels_at_most" {
  command = plan

  variables {
    tags = { for number in range(65) : "k${number}" => "v" }
  }

  expect_failures = [var.tags]
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
    cpu        = 0.083
    memory_mib = 512
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "83m", memory = "512Mi" })
    error_message = "A twelfth of a vCPU with 512 MiB must pass."
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
