# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "channel_is_a_topic" {
  command = plan

  variables {
    alerts = { channels = ["payments@example.com"] }
  }

  expect_failures = [var.alerts]
}

run "limit_is_whole" {
  command = plan

  variables {
    alerts = { error_lines = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "limit_is_positive" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "slow_comes_before_the_timeout" {
  command = plan

  variables {
    alerts = { run_seconds = 900 }
  }

  expect_failures = [var.alerts]
}

run "log_group_is_not_awss" {
  command = plan

  variables {
    log_group_name = "aws/etl"
  }

  expect_failures = [var.log_group_name]
}

run "log_group_has_no_blank" {
  command = plan

  variables {
    log_group_name = "etl orders"
  }

  expect_failures = [var.log_group_name]
}

run "log_key_is_an_arn" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "retention_comes_in_steps" {
  command = plan

  variables {
    log_retention_days = 45
  }

  expect_failures = [var.log_retention_days]
}

run "namespace_is_not_awss" {
  command = plan

  variables {
    metrics_namespace = "AWS/etl"
  }

  expect_failures = [var.metrics_namespace]
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

run "alerts_records_without_a_field" {
  command = plan

  variables {
    alerts = { records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_without_a_limit" {
  command = plan

  variables {
    alerts = { records_field = "records" }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_that_is_a_pattern" {
  command = plan

  variables {
    alerts = { records_field = "$.records || true", records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_part_of_a_record" {
  command = plan

  variables {
    alerts = { records_field = "records", records_processed_min = 0.5 }
  }

  expect_failures = [var.alerts]
}
