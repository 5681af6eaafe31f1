# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "architecture_is_known" {
  command = plan

  variables {
    cpu_architecture = "arm64"
  }

  expect_failures = [var.cpu_architecture]
}

run "disk_has_a_least" {
  command = plan

  variables {
    ephemeral_storage_mib = 511
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "disk_has_a_most" {
  command = plan

  variables {
    ephemeral_storage_mib = 10241
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "image_is_in_ecr" {
  command = plan

  variables {
    image = "docker.io/library/python:3.12"
  }

  expect_failures = [var.image]
}

run "image_is_not_in_a_public_gallery" {
  command = plan

  variables {
    image = "public.ecr.aws/docker/library/python:3.12"
  }

  expect_failures = [var.image]
}

run "image_has_a_repository" {
  command = plan

  variables {
    image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/"
  }

  expect_failures = [var.image]
}

run "retries_are_two_at_most" {
  command = plan

  variables {
    max_retries = 3
  }

  expect_failures = [var.max_retries]
}

run "retries_are_whole" {
  command = plan

  variables {
    max_retries = 0.5
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
    memory_mib = 10241
  }

  expect_failures = [var.memory_mib]
}

run "memory_is_whole" {
  command = plan

  variables {
    memory_mib = 1024.5
  }

  expect_failures = [var.memory_mib]
}

run "concurrency_is_positive" {
  command = plan

  variables {
    reserved_concurrency = 0
  }

  expect_failures = [var.reserved_concurrency]
}

run "cron_has_six_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "cron_has_one_question_mark" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * * *)" }
  }

  expect_failures = [var.schedule]
}

run "zone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)", timezone = "CET +1" }
  }

  expect_failures = [var.schedule]
}

run "timeout_is_15_minutes_at_most" {
  command = plan

  variables {
    timeout_seconds = 901
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
