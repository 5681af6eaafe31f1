# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "channel_of_another_cloud" {
  command = plan

  variables {
    alerts = { channels = ["arn:aws:sns:us-east-1:123456789012:t"] }
  }

  expect_failures = [var.alerts]
}

run "nobody_to_tell" {
  command = plan

  variables {
    alerts = {}
  }

  expect_failures = [var.alerts]
}

run "too_many_destinations" {
  command = plan

  variables {
    alerts = { channels = [for n in range(4) : "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5${n}"] }
  }

  expect_failures = [var.alerts]
}

run "runs_of_no_time" {
  command = plan

  variables {
    alerts = { channels = ["a@example.com"], run_seconds = 0 }
  }

  expect_failures = [var.alerts]
}

run "limit_beyond_the_api" {
  command = plan

  variables {
    alerts = { channels = ["a@example.com"], run_seconds = 2147483648 }
  }

  expect_failures = [var.alerts]
}

run "logs_in_a_bucket" {
  command = plan

  variables {
    log_destination = "s3://acme-logs"
  }

  expect_failures = [var.log_destination]
}

run "logs_in_half_a_volume" {
  command = plan

  variables {
    log_destination = "/Volumes/etl/prod"
  }

  expect_failures = [var.log_destination]
}
