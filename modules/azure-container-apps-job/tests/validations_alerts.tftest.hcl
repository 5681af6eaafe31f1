# What the module refuses, one wrong value a run, and what it takes at the bounds: logs and alerts.

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

run "a_workspace_by_name" {
  command = plan

  variables {
    log_analytics_workspace_id = "shared"
  }

  expect_failures = [var.log_analytics_workspace_id]
}

run "logs_for_a_week" {
  command = plan

  variables {
    log_retention_days = 7
  }

  expect_failures = [var.log_retention_days]
}

run "a_time_for_the_logs_of_an_existing_environment" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    log_retention_days           = 90
  }

  expect_failures = [var.log_retention_days]
}

run "a_channel_by_address" {
  command = plan

  variables {
    alerts = { channels = ["mailto:data@acme.example"] }
  }

  expect_failures = [var.alerts]
}

run "no_failed_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "half_a_line" {
  command = plan

  variables {
    alerts = { error_lines = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "a_run_of_two_days" {
  command = plan

  variables {
    alerts = { run_seconds = 172800 }
  }

  expect_failures = [var.alerts]
}

run "long_runs_of_a_worker" {
  command = plan

  variables {
    alerts  = { run_seconds = 600 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "alerts_on_logs_that_nobody_named" {
  command = plan

  variables {
    alerts                       = { error_lines = 1 }
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
  }

  expect_failures = [var.alerts]
}

run "alerts_on_a_worker_whose_logs_nobody_named" {
  command = plan

  variables {
    alerts                       = {}
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    workers                      = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
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

run "alerts_rate_of_a_worker" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    alerts  = { error_rate = 5 }
  }

  expect_failures = [var.alerts]
}

run "six_action_groups" {
  command = plan

  variables {
    alerts = {
      channels = [for name in ["a", "b", "c", "d", "e", "f"] : "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ops/providers/Microsoft.Insights/actionGroups/${name}"]
    }
  }

  expect_failures = [var.alerts]
}
