# What the module refuses, and what it takes at the bounds. Paths covered: every validation, by its variable.

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

run "build_account_is_an_email" {
  command = plan

  variables {
    build_service_account = "projects/p/serviceAccounts/builds"
  }

  expect_failures = [var.build_service_account]
}

run "cpu_is_offered" {
  command = plan

  variables {
    cpu = 3
  }

  expect_failures = [var.cpu]
}

run "cpu_has_a_least" {
  command = plan

  variables {
    cpu = 0.05
  }

  expect_failures = [var.cpu]
}

run "entry_point_is_a_name" {
  command = plan

  variables {
    entry_point = "main.py run"
  }

  expect_failures = [var.entry_point]
}

run "entry_point_starts_with_a_letter" {
  command = plan

  variables {
    entry_point = "1main"
  }

  expect_failures = [var.entry_point]
}

run "environment_has_no_dots" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
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

  expect_failures = [var.environment_variables]
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

run "instances_are_positive" {
  command = plan

  variables {
    max_instances = 0
  }

  expect_failures = [var.max_instances]
}

run "instances_have_a_most" {
  command = plan

  variables {
    max_instances = 1001
  }

  expect_failures = [var.max_instances]
}

run "retries_are_five_at_most" {
  command = plan

  variables {
    max_retries = 6
    schedule    = { expression = "0 2 * * *" }
  }

  expect_failures = [var.max_retries]
}

run "retries_are_the_schedules" {
  command = plan

  variables {
    max_retries = 1
  }

  expect_failures = [var.max_retries]
}

run "memory_has_a_least" {
  command = plan

  variables {
    memory_mib = 127
  }

  expect_failures = [var.memory_mib]
}

run "memory_has_a_most" {
  command = plan

  variables {
    cpu        = 8
    memory_mib = 32769
  }

  expect_failures = [var.memory_mib]
}

run "memory_needs_half_a_cpu" {
  command = plan

  variables {
    cpu        = 0.333
    memory_mib = 1024
  }

  expect_failures = [var.memory_mib]
}

run "memory_needs_a_cpu" {
  command = plan

  variables {
    cpu        = 0.583
    memory_mib = 2048
  }

  expect_failures = [var.memory_mib]
}

run "memory_needs_two_cpus" {
  command = plan

  variables {
    memory_mib = 8192
  }

  expect_failures = [var.memory_mib]
}

run "cpus_need_memory" {
  command = plan

  variables {
    cpu        = 4
    memory_mib = 1024
  }

  expect_failures = [var.memory_mib]
}

run "name_is_short" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "connector_or_direct" {
  command = plan

  variables {
    network = { connector = "c", network = "n" }
  }

  expect_failures = [var.network]
}

run "network_tags_need_a_network" {
  command = plan

  variables {
    network = { connector = "c", network_tags = ["etl"] }
  }

  expect_failures = [var.network]
}

run "network_tag_is_lower_case" {
  command = plan

  variables {
    network = { network = "n", network_tags = ["ETL"] }
  }

  expect_failures = [var.network]
}

run "project_is_an_id" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "readable_secret_has_no_version" {
  command = plan

  variables {
    readable_secrets = ["projects/p/secrets/s/versions/1"]
  }

  expect_failures = [var.readable_secrets]
}

run "region_is_a_region" {
  command = plan

  variables {
    region = "europe"
  }

  expect_failures = [var.region]
}

run "release_is_a_runtime" {
  command = plan

  variables {
    release = "3.12"
  }

  expect_failures = [var.release]
}

run "release_has_a_version" {
  command = plan

  variables {
    release = "python"
  }

  expect_failures = [var.release]
}

run "six_fields_are_refused" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * ?" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "+01:00" }
  }

  expect_failures = [var.schedule]
}

run "the_scheduler_waits_half_an_hour" {
  command = plan

  variables {
    schedule        = { expression = "0 2 * * *" }
    timeout_seconds = 1801
  }

  expect_failures = [var.schedule]
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

run "source_is_in_cloud_storage" {
  command = plan

  variables {
    source_archive = "https://storage.googleapis.com/acme-functions/main.zip"
  }

  expect_failures = [var.source_archive]
}

run "source_is_a_zip" {
  command = plan

  variables {
    source_archive = "gs://acme-functions/main.tar.gz"
  }

  expect_failures = [var.source_archive]
}

run "source_is_an_object" {
  command = plan

  variables {
    source_archive = "gs://acme-functions.zip"
  }

  expect_failures = [var.source_archive]
}

run "generation_is_a_number" {
  command = plan

  variables {
    source_archive = "gs://acme-functions/main.zip#latest"
  }

  expect_failures = [var.source_archive]
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

run "label_key_is_lower_case" {
  command = plan

  variables {
    tags = { CostCenter = "x" }
  }

  expect_failures = [var.tags]
}

run "label_value_is_lower_case" {
  command = plan

  variables {
    tags = { cost_center = "FIN-001" }
  }

  expect_failures = [var.tags]
}

run "labels_are_64_at_most" {
  command = plan

  variables {
    tags = { for n in range(65) : "key${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_short" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}

run "timeout_is_an_hour_at_most" {
  command = plan

  variables {
    timeout_seconds = 3601
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_is_positive" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "defaults_of_small_functions_are_taken" {
  command = plan

  variables {
    cpu        = 0.167
    memory_mib = 256
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].available_cpu == tostring(var.cpu)
    error_message = "A size that Cloud Functions offers must be taken."
  }
}

run "the_largest_is_taken" {
  command = plan

  variables {
    cpu             = 8
    memory_mib      = 32768
    timeout_seconds = 3600
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].available_cpu == tostring(var.cpu)
    error_message = "A size that Cloud Functions offers must be taken."
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
