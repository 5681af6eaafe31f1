# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"
}

run "an_image_with_a_blank" {
  command = plan

  variables {
    image = "acme etl"
  }

  expect_failures = [var.image]
}

run "an_image_of_another_registry" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/acme"
  }

  expect_failures = [var.image]
}

run "cpu_between_quarters" {
  command = plan

  variables {
    cpu        = 0.3
    memory_mib = 614.4
  }

  expect_failures = [var.cpu]
}

run "cpu_above_four" {
  command = plan

  variables {
    cpu        = 4.25
    memory_mib = 8704
  }

  expect_failures = [var.cpu]
}

run "memory_that_does_not_go_with_cpu" {
  command = plan

  variables {
    cpu        = 1
    memory_mib = 4096
  }

  expect_failures = [var.memory_mib]
}

run "half_a_second" {
  command = plan

  variables {
    timeout_seconds = 0.5
  }

  expect_failures = [var.timeout_seconds]
}

run "a_negative_number_of_retries" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "no_copies" {
  command = plan

  variables {
    parallelism = 0
  }

  expect_failures = [var.parallelism]
}

run "a_cron_expression_of_six_fields" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_cron_expression_of_another_cloud" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * ? *)" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_local_time" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  expect_failures = [var.schedule]
}

run "a_scheduled_worker" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "an_environment_by_name" {
  command = plan

  variables {
    container_app_environment_id = "shared"
  }

  expect_failures = [var.container_app_environment_id]
}

run "a_profile_that_a_new_environment_lacks" {
  command = plan

  variables {
    workload_profile_name = "D4"
  }

  expect_failures = [var.workload_profile_name]
}

run "no_workers" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "fewer_workers_than_the_least" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "retries_of_a_worker" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "copies_of_a_worker" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}
