# Alerts look at what Container Insights wrote down: Azure has no metric of runs inside of a cluster.

locals {
  is_worker = var.workers != null

  # Several clusters may write to one workspace.
  in_namespace = "_ResourceId =~ \"${azurerm_kubernetes_cluster.this.id}\" and Namespace == \"${local.namespace}\""

  # How far back a query may look for the start of a run; the longest that Azure takes is two days.
  lookbacks = [
    { name = "PT2H", seconds = 7200 },
    { name = "PT6H", seconds = 21600 },
    { name = "P1D", seconds = 86400 },
    { name = "P2D", seconds = 172800 },
  ]

  bad_ends = ["BackoffLimitExceeded", "DeadlineExceeded"]

  log_alerts = merge(
    {
      for lines in try(var.alerts.error_lines, null)[*] : "error-lines" => {
        description = "${lines} or more log lines with an error in five minutes."
        severity    = 2
        lookback    = null
        threshold   = lines
        query       = <<-EOT
          ContainerLogV2
          | where _ResourceId =~ "${azurerm_kubernetes_cluster.this.id}" and PodNamespace == "${local.namespace}"
          | extend Line = tostring(LogMessage)
          | where Line has_cs "ERROR" or Line has_cs "CRITICAL" or Line has_cs "FATAL"
              or Line matches regex @'(?i)"(level|levelname|severity)"\s*:\s*"(error|critical|fatal)"'
        EOT
      }
    },
    # The job controller's last word on a run: all its attempts failed, or its time was over.
    {
      for failures in try(var.alerts.failed_runs, null)[*] : "failed-runs" => {
        description = "${failures} or more runs failed in five minutes."
        severity    = 1
        lookback    = null
        threshold   = failures
        query       = <<-EOT
          KubeEvents
          | where ${local.in_namespace} and ObjectKind == "Job"
          | where Reason in (${join(", ", [for end in local.bad_ends : "\"${end}\""])})
          | distinct Name
        EOT
      } if !local.is_worker
    },
    # A worker has no runs. What fails is its process. The inventory keeps the last end of each container.
    {
      for failures in try(var.alerts.failed_runs, null)[*] : "failed-replicas" => {
        description = "The worker's process ended with a fault ${failures} or more times in five minutes."
        severity    = 1
        lookback    = null
        threshold   = failures
        query       = <<-EOT
          KubePodInventory
          | where ${local.in_namespace}
          | extend Last = parse_json(ContainerLastStatus)
          | extend Ended = todatetime(Last.finishedAt), Reason = tostring(Last.reason)
          | where Ended > ago(10m) and Reason != "Completed"
          | distinct ContainerName, Ended
        EOT
      } if local.is_worker
    },
    {
      for limit in try(var.alerts.run_seconds, null)[*] : "long-runs" => {
        description = "A run lasts longer than ${limit} seconds."
        severity    = 2
        lookback    = [for lookback in local.lookbacks : lookback.name if lookback.seconds >= limit + 3600][0]
        threshold   = 1
        # The pods of a run, retries and copies alike, are its job's. A run that has just ended is told once.
        query = <<-EOT
          KubePodInventory
          | where ${local.in_namespace} and ControllerKind == "Job"
          | summarize Started = min(PodStartTime), Last = maxif(TimeGenerated, PodStatus in ("Pending", "Running")) by ControllerName
          | where Last > ago(10m) and datetime_diff("second", Last, Started) > ${limit}
        EOT
      }
    },
    # Per cent of a day's runs: with fewer runs than that, a rate would say little. The inventory has finished runs, too,
    # as long as the cluster keeps them.
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
          KubePodInventory
          | where ${local.in_namespace} and ControllerKind == "Job"
          | summarize Started = min(PodCreationTimeStamp) by Run = ControllerName
          | where Started > ago(1d)
          | join kind=leftouter (
              KubeEvents
              | where ${local.in_namespace} and ObjectKind == "Job"
              | where Reason in (${join(", ", [for end in rate.ends : "\"${end}\""])})
              | distinct BadRun = Name
            ) on $left.Run == $right.BadRun
          | summarize Rate = 100.0 * countif(isnotempty(BadRun)) / count(), Runs = count()
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
          ContainerLogV2
          | where _ResourceId =~ "${azurerm_kubernetes_cluster.this.id}" and PodNamespace == "${local.namespace}"
          | extend Records = todouble(parse_json(tostring(LogMessage)).${var.alerts.records_field})
          | where Records < ${least}
        EOT
      }
    },
  )
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
  # The tables come into being with the first line that is logged.
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

    # Azure's own default, written down so that what it answers is what stands here.
    failing_periods {
      minimum_failing_periods_to_trigger_alert = 1
      number_of_evaluation_periods             = 1
    }
  }
}
