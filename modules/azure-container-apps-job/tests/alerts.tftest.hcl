# Alerts of a job.
#
# Covered: none; failed runs, with the default and another number; lines with errors; long runs and
# how far back they are looked for; channels, and none; an existing environment.

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

run "no_alerts_by_default" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_metric_alert.failed_runs) == 0 && length(azurerm_monitor_scheduled_query_rules_alert_v2.this) == 0
    error_message = "Without alerts there must be none."
  }
}

run "one_failed_run_raises_an_alert" {
  command = plan

  variables {
    alerts = {}
  }

  assert {
    condition = (
      azurerm_monitor_metric_alert.failed_runs[0].scopes == toset([azurerm_container_app_job.this[0].id]) &&
      azurerm_monitor_metric_alert.failed_runs[0].window_size == "PT5M" &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].metric_namespace == "Microsoft.App/jobs" &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].metric_name == "Executions" &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].operator == "GreaterThanOrEqual" &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].threshold == 1 &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].dimension[0].name == "state" &&
      azurerm_monitor_metric_alert.failed_runs[0].criteria[0].dimension[0].values == tolist(["Failed"])
    )
    error_message = "The first failed execution within five minutes must raise the alert."
  }

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.this) == 0
    error_message = "Alerts on logs are made only when asked for."
  }
}

run "channels_are_told" {
  command = plan

  variables {
    alerts = {
      channels = [
        "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ops/providers/Microsoft.Insights/actionGroups/data",
        "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ops/providers/microsoft.insights/actiongroups/night",
      ]
      failed_runs = 3
      error_lines = 20
    }
  }

  assert {
    condition = (
      toset(azurerm_monitor_metric_alert.failed_runs[0].action[*].action_group_id) == var.alerts.channels &&
      toset(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].action[0].action_groups) == var.alerts.channels
    )
    error_message = "Every alert must tell every channel."
  }

  assert {
    condition     = azurerm_monitor_metric_alert.failed_runs[0].criteria[0].threshold == 3
    error_message = "The threshold must be the number asked for."
  }
}

run "without_channels_nobody_is_told" {
  command = plan

  variables {
    alerts = { error_lines = 20 }
  }

  assert {
    condition     = length(azurerm_monitor_metric_alert.failed_runs[0].action) == 0 && length(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].action) == 0
    error_message = "An alert without channels must have no action."
  }
}

run "lines_with_errors_are_counted" {
  command = plan

  variables {
    alerts = { error_lines = 20 }
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].threshold == 20 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].operator == "GreaterThanOrEqual" &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].time_aggregation_method == "Count" &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].window_duration == "PT5M" &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].query_time_range_override == null &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].query, " ContainerAppConsoleLogs_CL\n| where ContainerJobName_s == \"acme-prod-stripe-customers\"\n") &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].scopes == tolist([azurerm_log_analytics_workspace.this[0].id])
    )
    error_message = "The job's lines of the last five minutes must be counted in its workspace."
  }
}

run "a_long_run_is_looked_for_since_its_start" {
  command = plan

  variables {
    alerts = { run_seconds = 5400 }
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].criteria[0].query, "JobName_s == \"acme-prod-stripe-customers\"") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].criteria[0].query, "Seconds > 5400") &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].criteria[0].threshold == 1 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].query_time_range_override == "PT6H"
    )
    error_message = "The query must reach back an hour further than a run may last."
  }
}

run "the_longest_run_is_looked_for_over_two_days" {
  command = plan

  variables {
    alerts = { run_seconds = 86400 }
  }

  assert {
    condition     = azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].query_time_range_override == "P2D"
    error_message = "A day's run must be looked for over two."
  }
}

run "failed_runs_of_an_existing_environment_need_no_workspace" {
  command = plan

  variables {
    alerts                       = {}
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/apps/providers/Microsoft.App/managedEnvironments/shared"
  }

  assert {
    condition     = length(azurerm_monitor_metric_alert.failed_runs) == 1
    error_message = "Failed runs are the platform's metric and need no logs."
  }
}

run "rates_are_per_cent_of_a_days_runs" {
  command = plan

  variables {
    alerts = { error_rate = 5, timeout_rate = 2.5 }
  }

  assert {
    condition = alltrue([for key in ["error-rate", "timeout-rate"] :
      azurerm_monitor_scheduled_query_rules_alert_v2.this[key].query_time_range_override == "P1D" &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this[key].criteria[0].threshold == 1 &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this[key].criteria[0].query, "100.0 * countif(") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this[key].criteria[0].query, "JobName_s == \"acme-prod-stripe-customers\"")
    ])
    error_message = "The query must count this job's runs of a day, good and bad ones."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-rate"].criteria[0].query, "in (\"Failed\", \"BackoffLimitExceeded\", \"DeadlineExceeded\")") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-rate"].criteria[0].query, "where Runs > 0 and Rate > 5\n")
    )
    error_message = "More failed runs than error_rate says must yield a row, and a day without runs none."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["timeout-rate"].criteria[0].query, "in (\"DeadlineExceeded\")") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["timeout-rate"].criteria[0].query, "Rate > 2.5\n")
    )
    error_message = "Only runs that timed out must count against timeout_rate."
  }
}

run "runs_with_few_records_raise_an_alert" {
  command = plan

  variables {
    alerts = { records_field = "totals.records", records_processed_min = 1000 }
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "ContainerAppConsoleLogs_CL") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "parse_json(Log_s).totals.records)") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "where Records < 1000\n")
    )
    error_message = "A line of the job's log that tells a smaller number must raise the alert."
  }
}

run "queries_are_right_before_the_first_line" {
  command = plan

  variables {
    alerts = { error_lines = 20, run_seconds = 5400, error_rate = 5, timeout_rate = 2.5, records_field = "records", records_processed_min = 1 }
  }

  # Azure refuses a query of a table that does not exist yet.
  assert {
    condition = alltrue([
      for alert in values(azurerm_monitor_scheduled_query_rules_alert_v2.this) :
      startswith(alert.criteria[0].query, "union isfuzzy=true (datatable(TimeGenerated: datetime, ")
    ])
    error_message = "Each query must stand on columns that exist before the first line is logged."
  }

  # Every column that ends in _s or _d exists only once a line was logged, so the stand-in table must have it.
  assert {
    condition = alltrue(flatten([
      for alert in values(azurerm_monitor_scheduled_query_rules_alert_v2.this) : [
        for column in distinct(regexall("[A-Za-z]+_s\\b", alert.criteria[0].query)) :
        strcontains(alert.criteria[0].query, "${column}: string")
      ]
    ]))
    error_message = "The table without rows must have each column that the query names."
  }
}
