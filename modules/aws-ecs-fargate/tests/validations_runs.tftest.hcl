# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "image_with_a_space" {
  command = plan

  variables {
    image = "my image"
  }

  expect_failures = [var.image]
}

run "cpu_that_fargate_has_not" {
  command = plan

  variables {
    cpu = 3
  }

  expect_failures = [var.cpu]
}

run "memory_that_does_not_go_with_cpu" {
  command = plan

  variables {
    cpu        = 0.25
    memory_mib = 4096
  }

  expect_failures = [var.memory_mib]
}

run "memory_between_two_steps" {
  command = plan

  variables {
    cpu        = 8
    memory_mib = 17408
  }

  expect_failures = [var.memory_mib]
}

run "architecture_unknown" {
  command = plan

  variables {
    cpu_architecture = "arm64"
  }

  expect_failures = [var.cpu_architecture]
}

run "disk_too_small" {
  command = plan

  variables {
    ephemeral_storage_gib = 20
  }

  expect_failures = [var.ephemeral_storage_gib]
}

run "disk_too_large" {
  command = plan

  variables {
    ephemeral_storage_gib = 201
  }

  expect_failures = [var.ephemeral_storage_gib]
}

run "timeout_zero" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_and_retries_beyond_a_year" {
  command = plan

  variables {
    timeout_seconds = 15768001
    max_retries     = 1
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_negative" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "parallelism_beyond_the_map_state" {
  command = plan

  variables {
    parallelism = 41
  }

  expect_failures = [var.parallelism]
}

run "schedule_with_five_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_without_a_question_mark" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * * *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_with_two_question_marks" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 ? * ? *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_every_zero_minutes" {
  command = plan

  variables {
    schedule = { expression = "rate(0 minutes)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_with_an_awkward_time_zone" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)", timezone = "" }
  }

  expect_failures = [var.schedule]
}

run "schedule_of_a_worker" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "worker_with_parallelism" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "worker_with_retries" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "workers_from_zero" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "workers_with_max_below_min" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}
