# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

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

run "alert_channel_is_a_topic" {
  command = plan

  variables {
    alerts = { channels = ["oncall"] }
  }

  expect_failures = [var.alerts]
}

run "alert_limits_are_whole" {
  command = plan

  variables {
    alerts = { run_seconds = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "log_key_is_no_alias" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "log_retention_is_offered" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "alerts_rate_of_nothing" {
  command = plan

  variables {
    alerts = { error_rate = 0 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_above_all_runs" {
  command = plan

  variables {
    alerts = { timeout_rate = 100.5 }
  }

  expect_failures = [var.alerts]
}
