locals {
  # Log lines are kept under the job's name in one column, under the app's in another.
  console_filter = (
    local.is_worker
    ? "ContainerAppName_s == \"${local.base_name}\""
    : "ContainerJobName_s == \"${local.base_name}\""
  )

  # Azure refuses a query of a table or column that does not exist, whatever skip_query_validation says, and these
  # come into being with the first line that is logged. A table without rows stands for them until then.
  console_lines = join(" ", [
    "union isfuzzy=true",
    "(datatable(TimeGenerated: datetime, ContainerAppName_s: string, ContainerJobName_s: string, Log_s: string) []),",
    "ContainerAppConsoleLogs_CL",
  ])
  system_events = join(" ", [
    "union isfuzzy=true",
    "(datatable(TimeGenerated: datetime, ContainerAppName_s: string, ExecutionName_s: string, JobName_s: string, Log_s: string, Reason_s: string) []),",
    "ContainerAppSystemLogs_CL",
  ])

  # How far back a query may look for the start of a run; the longest that Azure takes is two days.
  lookbacks = [
    { name = "PT2H", seconds = 7200 },
    { name = "PT6H", seconds = 21600 },
    { name = "P1D", seconds = 86400 },
    { name = "P2D", seconds = 172800 },
  ]

  bad_ends = ["Failed", "BackoffLimitExceeded", "DeadlineExceeded"]

  log_alerts = merge(
    {
      for lines in try(var.alerts.error_lines, null)[*] : "error-lines" => {
        description = "${lines} or more log lines with an error in five minutes."
        severity    = 2
        lookback    = null
        threshold   = lines
        query       = <<-EOT
          ${local.console_lines}
          | where ${local.console_filter}
          | where Log_s has_cs "ERROR" or Log_s has_cs "CRITICAL" or Log_s has_cs "FATAL"
              or Log_s matches regex @'(?i)"(level|levelname|severity)"\s*:\s*"(error|critical|fatal)"'
        EOT
      }
    },
    # A worker has no runs. What fails is its process.
    {
      for failures in try(var.alerts.failed_runs, null)[*] : "failed-replicas" => {
        description = "The worker's process ended with a fault ${failures} or more times in five minutes."
        severity    = 1
        lookback    = null
        threshold   = failures
        query       = <<-EOT
          ${local.system_events}
          | where ContainerAppName_s == "${local.base_name}"
          | where Reason_s == "ContainerTerminated"
          | where Log_s !has "exit code '0'" and Log_s !has "ManuallyStopped"
        EOT
      } if local.is_worker
    },
    {
      for limit in try(var.alerts.run_seconds, null)[*] : "long-runs" => {
        description = "A run lasts longer than ${limit} seconds."
        severity    = 2
        lookback    = [for lookback in local.lookbacks : lookback.name if lookback.seconds >= limit + 3600][0]
        threshold   = 1
        # A run without a last event is still going; one that has ended is told once.
        query = <<-EOT
          ${local.system_events}
          | where JobName_s == "${local.base_name}" and isnotempty(ExecutionName_s)
          | summarize Started = min(TimeGenerated), Last = max(TimeGenerated),
              Ended = countif(Reason_s in ("Completed", "Failed", "BackoffLimitExceeded", "DeadlineExceeded")) by ExecutionName_s
          | extend Seconds = datetime_diff("second", iff(Ended > 0, Last, now()), Started)
          | where Seconds > ${limit} and (Ended == 0 or Last > ago(10m))
        EOT
      }
    },
    # Per cent of a day's runs: with fewer runs than that, a rate would say little. A run has no end yet, or one.
    {
      for key, rate in {
        error-rate   = { limit = try(var.alerts.error_rate, null), ends = local.bad_ends, what = "failed or timed out" }
        timeout-rate = { limit = try(var.alerts.timeout_rate, null), ends = ["DeadlineExceeded"], what = "timed out" }
        } : key => {
        description = "More than ${rate.limit} per cent of a day's runs ${rate.what}."
        severity    = 1
        lookback    = "P1D"
        threshold   = 1
        query       = <<-EOT
          ${local.system_events}
          | where JobName_s == "${local.base_name}" and isnotempty(ExecutionName_s)
          | summarize Bad = countif(Reason_s in (${join(", ", [for end in rate.ends : "\"${end}\""])})) by ExecutionName_s
          | summarize Rate = 100.0 * countif(Bad > 0) / count(), Runs = count()
          | where Runs > 0 and Rate > ${rate.limit}
        EOT
      } if rate.limit != null
    },
    {
      for least in try(var.alerts.records_processed_min, null)[*] : "few-records" => {
        description = "A run processed fewer than ${least} records."
        severity    = 2
        lookback    = null
        threshold   = 1
        query       = <<-EOT
          ${local.console_lines}
          | where ${local.console_filter}
          | extend Records = todouble(parse_json(Log_s).${var.alerts.records_field})
          | where Records < ${least}
        EOT
      }
    },
  )
}

# The platform's own count of failed and timed-out executions: it also sees a run that died before its first log line.
resource "azurerm_monitor_metric_alert" "failed_runs" {
  count = var.alerts != null && !local.is_worker ? 1 : 0

  name                = "${local.base_name}-failed-runs"
  description         = "${var.alerts.failed_runs} or more runs failed in five minutes."
  frequency           = "PT1M"
  resource_group_name = local.resource_group_name
  scopes              = azurerm_container_app_job.this[*].id
  severity            = 1
  tags                = var.tags
  window_size         = "PT5M"

  dynamic "action" {
    for_each = var.alerts.channels

    content {
      action_group_id = action.value
    }
  }

  criteria {
    aggregation      = "Total"
    metric_name      = "Executions"
    metric_namespace = "Microsoft.App/jobs"
    operator         = "GreaterThanOrEqual"
    # A job that has never run has no metric yet.
    skip_metric_validation = true
    threshold              = var.alerts.failed_runs

    dimension {
      name     = "state"
      operator = "Include"
      values   = ["Failed"]
    }
  }

  # Without a region of its own it would stay in a resource group that is replaced, which then cannot go.
  lifecycle {
    replace_triggered_by = [azurerm_container_app_job.this[0].id]
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "this" {
  for_each = local.log_alerts

  name                      = "${local.base_name}-${each.key}"
  auto_mitigation_enabled   = true
  description               = each.value.description
  evaluation_frequency      = "PT5M"
  location                  = var.location
  query_time_range_override = each.value.lookback
  resource_group_name       = local.resource_group_name
  scopes                    = [local.log_analytics_workspace_id]
  severity                  = each.value.severity
  # Spares the time that Azure takes to find out; the queries are right without it.
  skip_query_validation = true
  tags                  = var.tags
  window_duration       = "PT5M"

  dynamic "action" {
    for_each = length(var.alerts.channels) == 0 ? [] : [var.alerts.channels]

    content {
      action_groups = action.value
    }
  }

  criteria {
    operator                = "GreaterThanOrEqual"
    query                   = each.value.query
    threshold               = each.value.threshold
    time_aggregation_method = "Count"
  }
}
