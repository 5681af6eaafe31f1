# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size and limits.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "an_image_has_no_spaces" {
  command = plan

  variables {
    image = "registry.acme.example/etl runner"
  }

  expect_failures = [var.image]
}

run "a_vcpu_has_a_thousand_parts" {
  command = plan

  variables {
    cpu = 0.0005
  }

  expect_failures = [var.cpu]
}

run "there_is_no_machine_of_2000_vcpus" {
  command = plan

  variables {
    cpu = 2000
  }

  expect_failures = [var.cpu]
}

run "memory_is_whole" {
  command = plan

  variables {
    memory_mib = 512.5
  }

  expect_failures = [var.memory_mib]
}

run "memory_is_not_counted_in_gib" {
  command = plan

  variables {
    memory_mib = 4
  }

  expect_failures = [var.memory_mib]
}

run "a_disk_is_whole" {
  command = plan

  variables {
    ephemeral_storage_mib = 0.5
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "a_namespace_that_is_not_made_needs_a_name" {
  command = plan

  variables {
    create_namespace = false
  }

  expect_failures = [var.create_namespace]
}

run "retries_are_ten_at_most" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "workers_have_no_retries" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "a_run_has_10000_pods_at_most" {
  command = plan

  variables {
    parallelism = 10001
  }

  expect_failures = [var.parallelism]
}

run "workers_are_counted_otherwise" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "root_is_refused" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "a_timeout_is_whole" {
  command = plan

  variables {
    timeout_seconds = 0.5
  }

  expect_failures = [var.timeout_seconds]
}

run "there_is_a_worker" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "most_is_not_below_least" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "values_at_the_line_pass" {
  command = plan

  variables {
    annotations           = { "acme.example/note" = "a b, c: @" }
    labels                = { "acme.example/tier" = "", team = "a" }
    tags                  = { team = "a", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv" }
    cpu                   = 0.001
    memory_mib            = 16
    ephemeral_storage_mib = 1
    run_as_user           = 1
    parallelism           = 10000
    max_retries           = 10
    network_policy        = { egress_cidr_blocks = ["2001:db8::/32", "0.0.0.0/0"], egress_ports = [1, 65535] }
    schedule              = { expression = "*/5 0-6,12 1 jan mon-fri", timezone = "America/Argentina/Buenos_Aires" }
    secrets               = { "A.B-C" = "s.e-c/key_1.x" }
  }

  assert {
    condition     = output.name == "acme-prod-stripe"
    error_message = "Values at the line must pass."
  }
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

run "workers_are_1000_at_most" {
  command = plan

  variables {
    workers = { min = 1, max = 1001 }
  }

  expect_failures = [var.workers]
}
