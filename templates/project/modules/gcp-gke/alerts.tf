locals {
  _error_lines = try(var.alerts.error_lines, null)
  _few_records = try(var.alerts.records_processed_min, null)
  _run_seconds = try(var.alerts.run_seconds, null)

  # What is counted in the logs. Kubernetes says why a job has failed in an event, once.
  log_metrics = var.alerts == null ? {} : merge(
    local._error_lines == null ? {} : {
      error-lines = {
        description = "Log lines of severity ERROR or above"
        filter      = "${local.container_filter} AND severity>=ERROR"
        resource    = "k8s_container"
        threshold   = local._error_lines
        problem     = "log lines of severity ERROR or above in 5 minutes: ${local._error_lines} or more"
      }
    },
    var.workers != null ? {} : {
      failed-runs = {
        description = "Runs that failed or timed out"
        filter      = "${local._run_events} AND jsonPayload.reason=(${local._bad_ends})"
        resource    = "k8s_cluster"
        threshold   = var.alerts.failed_runs
        problem     = "runs that failed or timed out in 5 minutes: ${var.alerts.failed_runs} or more"
      }
    },
    # A cron job that cannot start a run leaves no failed run behind.
    var.schedule == null ? {} : {
      failed-starts = {
        description = "Scheduled starts that failed"
        filter      = "${local.event_filter} AND jsonPayload.involvedObject.kind=\"CronJob\" AND jsonPayload.type=\"Warning\""
        resource    = "k8s_cluster"
        threshold   = 1
        problem     = "scheduled starts that failed in 5 minutes: 1 or more"
      }
    },
    # A run tells how many records it processed in a line of JSON.
    local._few_records == null ? {} : {
      few-records = {
        description = "Runs that processed fewer than ${local._few_records} records"
        filter      = "${local.container_filter} AND jsonPayload.${var.alerts.records_field}<${local._few_records}"
        resource    = "k8s_container"
        threshold   = 1
        problem     = "a run processed fewer than ${local._few_records} records"
      }
    },
  )

  _container_series = "resource.type = \"k8s_container\" AND resource.labels.cluster_name = \"${local.name}\" AND resource.labels.location = \"${var.region}\" AND resource.labels.namespace_name = \"${local.namespace}\""

  # What GKE measures by itself. A worker has no runs: there, a container that dies counts as a failed run.
  run_metrics = var.alerts == null ? {} : merge(
    var.workers == null ? {} : {
      failed-runs = {
        filter    = "${local._container_series} AND metric.type = \"kubernetes.io/container/restart_count\""
        period    = "300s"
        aligner   = "ALIGN_DELTA"
        reducer   = "REDUCE_SUM"
        threshold = var.alerts.failed_runs - 1
        problem   = "containers that died in 5 minutes: ${var.alerts.failed_runs} or more"
      }
    },
    local._run_seconds == null ? {} : {
      run-seconds = {
        filter    = "${local._container_series} AND metric.type = \"kubernetes.io/container/uptime\""
        period    = "60s"
        aligner   = "ALIGN_MAX"
        reducer   = "REDUCE_MAX"
        threshold = local._run_seconds
        problem   = "a run has been going on for more than ${local._run_seconds} seconds"
      }
    },
  )
}

resource "google_logging_metric" "this" {
  for_each = local.log_metrics

  project     = var.project_id
  name        = "${local.name}-${each.key}"
  description = each.value.description
  filter      = each.value.filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  # Under another name the provider makes a second metric and forgets the first.
  lifecycle {
    replace_triggered_by = [google_container_cluster.this.name]
  }
}

resource "google_monitoring_alert_policy" "runs" {
  for_each = local.run_metrics

  project               = var.project_id
  display_name          = "${local.name}: ${each.key}"
  combiner              = "OR"
  notification_channels = sort(var.alerts.channels)
  severity              = "ERROR"
  user_labels           = var.tags

  conditions {
    display_name = each.value.problem

    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = "0s"

      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: ${each.value.problem}"
    content = "Namespace ${local.namespace} of the cluster ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
  }
}

# PromQL, since a threshold condition is refused until the new metric has spread through Cloud Monitoring,
# which can take ten minutes; only this kind of condition can skip that check.
resource "google_monitoring_alert_policy" "logs" {
  for_each = local.log_metrics

  project               = var.project_id
  display_name          = "${local.name}: ${each.key}"
  combiner              = "OR"
  notification_channels = sort(var.alerts.channels)
  severity              = "ERROR"
  user_labels           = var.tags

  conditions {
    display_name = each.value.problem

    condition_prometheus_query_language {
      # increase() extrapolates, so that N lines may count as a little less than N.
      query                     = "sum(increase(logging_googleapis_com:user_${replace(google_logging_metric.this[each.key].name, "-", "_")}{monitored_resource=\"${each.value.resource}\"}[5m])) > ${each.value.threshold - 0.5}"
      duration                  = "0s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: ${each.value.problem}"
    content = "Namespace ${local.namespace} of the cluster ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
  }
}
