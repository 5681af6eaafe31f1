# Alerts: what raises them, and who is told.
#
# Covered: none by default; failed runs; lines with errors; runs that are too long; a worker's faults;
# channels.

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

  action_group_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ops/providers/Microsoft.Insights/actionGroups/on-call"
}

run "no_alerts_by_default" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.this) == 0
    error_message = "Without alerts there must be none."
  }
}

run "one_failed_run_raises_an_alert" {
  command = plan

  variables {
    alerts    = { channels = [var.action_group_id] }
    namespace = "stripe"
  }

  assert {
    condition = (
      keys(azurerm_monitor_scheduled_query_rules_alert_v2.this) == ["failed-runs"] &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].threshold == 1 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].operator == "GreaterThanOrEqual" &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].action[0].action_groups == tolist([var.action_group_id]) &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].scopes == tolist([azurerm_log_analytics_workspace.this[0].id])
    )
    error_message = "One failed run must be enough, and the channel be told."
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].failing_periods[0].minimum_failing_periods_to_trigger_alert == 1 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].failing_periods[0].number_of_evaluation_periods == 1
    )
    error_message = "The first five minutes with a failed run must raise the alert, and no plan take Azure's default away."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].query, "KubeEvents") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].query, "Namespace == \"stripe\"") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].query, azurerm_kubernetes_cluster.this.id) &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].query, "\"BackoffLimitExceeded\", \"DeadlineExceeded\"")
    )
    error_message = "The query must look for runs of this job that failed or took too long."
  }
}

run "lines_and_long_runs_are_told" {
  command = plan

  variables {
    alerts = { failed_runs = 3, error_lines = 20, run_seconds = 5400 }
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-runs"].criteria[0].threshold == 3 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].threshold == 20 &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].query, "ContainerLogV2") &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].query_time_range_override == "PT6H" &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].criteria[0].query, "> 5400") &&
      length(azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].action) == 0
    )
    error_message = "Each alert must have its own threshold; a long run is looked for since its start."
  }
}

run "the_longest_run_is_looked_for_over_two_days" {
  command = plan

  variables {
    alerts = { run_seconds = 86400 }
  }

  assert {
    condition     = azurerm_monitor_scheduled_query_rules_alert_v2.this["long-runs"].query_time_range_override == "P2D"
    error_message = "The query must reach back to the start of the run."
  }
}

run "a_workers_faults_are_told" {
  command = plan

  variables {
    alerts  = { failed_runs = 2 }
    workers = { min = 1, max = 1 }
  }

  assert {
    condition = (
      keys(azurerm_monitor_scheduled_query_rules_alert_v2.this) == ["failed-replicas"] &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-replicas"].criteria[0].threshold == 2 &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-replicas"].criteria[0].query, "ContainerLastStatus")
    )
    error_message = "Of a worker the ends of its process must be counted."
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
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this[key].criteria[0].query, " and ControllerKind == \"Job\"")
    ])
    error_message = "The query must count this job's runs of a day, good and bad ones."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-rate"].criteria[0].query, "in (\"BackoffLimitExceeded\", \"DeadlineExceeded\")") &&
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
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "ContainerLogV2") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "parse_json(tostring(LogMessage)).totals.records)") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["few-records"].criteria[0].query, "where Records < 1000\n")
    )
    error_message = "A line of the job's log that tells a smaller number must raise the alert."
  }
}
