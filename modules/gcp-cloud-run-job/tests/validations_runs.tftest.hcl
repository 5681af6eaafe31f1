# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

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

run "a_part_of_a_vcpu_is_for_services" {
  command = plan

  variables {
    cpu        = 0.5
    memory_mib = 512
  }

  expect_failures = [var.cpu]
}

run "a_part_of_a_vcpu_is_not_for_workers_either" {
  command = plan

  variables {
    cpu        = 0.25
    memory_mib = 512
    workers    = { min = 1, max = 3 }
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

run "one_vcpu_takes_four_gibibytes" {
  command = plan

  variables {
    memory_mib = 4097
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
