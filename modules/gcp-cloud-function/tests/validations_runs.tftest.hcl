# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

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
