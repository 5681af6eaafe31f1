# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size and limits.

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

run "an_image_in_upper_case" {
  command = plan

  variables {
    image = "ghcr.io/Acme/ETL:1"
  }

  expect_failures = [var.image]
}

run "an_image_with_signs" {
  command = plan

  variables {
    image = "a!b$c"
  }

  expect_failures = [var.image]
}

run "a_timeout_beyond_32_bits" {
  command = plan

  variables {
    timeout_seconds = 2147483648
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_beyond_32_bits" {
  command = plan

  variables {
    max_retries = 2147483648
  }

  expect_failures = [var.max_retries]
}

run "copies_beyond_32_bits" {
  command = plan

  variables {
    parallelism = 2147483648
  }

  expect_failures = [var.parallelism]
}

run "images_and_times_at_the_bounds" {
  command = plan

  variables {
    image           = "localhost:5000/a__b/c-d.e:1.4.0-rc_1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    max_retries     = 2147483647
    schedule        = { expression = "0,59 0-23/2 1,31 JAN-dec,12 sun,1-7" }
    timeout_seconds = 2147483647
  }

  assert {
    condition     = azurerm_container_app_job.this[0].replica_timeout_in_seconds == 2147483647
    error_message = "The largest values that Azure takes must be taken."
  }
}
