# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "code_has_no_wildcard" {
  command = plan

  variables {
    code_uris = ["s3://code/*"]
  }

  expect_failures = [var.code_uris]
}

run "command_or_entry_point" {
  command = plan

  variables {
    command = ["true"]
  }

  expect_failures = [var.command]
}

run "neither_command_nor_entry_point" {
  command = plan

  variables {
    entry_point = null
  }

  expect_failures = [var.command]
}

run "entry_point_is_in_s3" {
  command = plan

  variables {
    entry_point = "main.py"
  }

  expect_failures = [var.entry_point]
}

run "entry_point_is_code" {
  command = plan

  variables {
    entry_point = "s3://code/main.txt"
  }

  expect_failures = [var.entry_point]
}

run "retries_are_whole" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "cron_has_six_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "timezone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "rate(1 day)", timezone = "Central European Time" }
  }

  expect_failures = [var.schedule]
}

run "run_ends_within_a_year" {
  command = plan

  variables {
    timeout_seconds = 31536001
  }

  expect_failures = [var.timeout_seconds]
}

run "releases_that_are_new_enough" {
  command = plan

  variables {
    release = "emr-5.32.0"
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-5.32.0"
    error_message = "Releases from 5.32 on must be taken."
  }
}

run "releases_of_six_that_are_new_enough" {
  command = plan

  variables {
    release = "emr-6.2.0"
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-6.2.0"
    error_message = "Releases from 6.2 on must be taken."
  }
}
