# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
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
    container_registry_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/acme"
  }

  expect_failures = [var.image]
}

run "cpu_finer_than_a_thousandth" {
  command = plan

  variables {
    cpu = 0.0005
  }

  expect_failures = [var.cpu]
}

run "cpu_of_a_whole_node" {
  command = plan

  variables {
    cpu   = 4
    nodes = { instance_type = "Standard_D4s_v5" }
  }

  expect_failures = [var.cpu]
}

run "memory_of_a_whole_node" {
  command = plan

  variables {
    memory_mib = 16384
  }

  expect_failures = [var.memory_mib]
}

run "memory_in_parts_of_a_mib" {
  command = plan

  variables {
    memory_mib = 512.5
  }

  expect_failures = [var.memory_mib]
}

run "eleven_retries" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "retries_of_a_worker" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "parallelism_of_a_worker" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "no_copies" {
  command = plan

  variables {
    parallelism = 0
  }

  expect_failures = [var.parallelism]
}

run "no_time" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "workers_the_wrong_way_round" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "a_schedule_of_six_fields" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_of_a_worker" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_local_time" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Local" }
  }

  expect_failures = [var.schedule]
}

run "root_as_a_user" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "half_a_mib_of_disk" {
  command = plan

  variables {
    ephemeral_storage_mib = 0.5
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "a_disk_is_16_tib_at_most" {
  command = plan

  variables {
    ephemeral_storage_mib = 16777217
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "a_variable_is_not_null" {
  command = plan

  variables {
    environment_variables = { MODE = null }
  }

  expect_failures = [var.environment_variables]
}

run "sunday_is_0" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * 7" }
  }

  expect_failures = [var.schedule]
}

run "an_hour_has_60_minutes" {
  command = plan

  variables {
    schedule = { expression = "60 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_step_is_not_0" {
  command = plan

  variables {
    schedule = { expression = "*/0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_field_has_no_signs_of_quartz" {
  command = plan

  variables {
    schedule = { expression = "0 2 L * *" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_on_earth" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Mars/Phobos" }
  }

  expect_failures = [var.schedule]
}

run "an_abbreviation_is_no_time_zone" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "CEST" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_keeps_its_capitals" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "europe/berlin" }
  }

  expect_failures = [var.schedule]
}
