locals {
  _error_lines = try(var.alerts.error_lines, null)
  _few_records = try(var.alerts.records_processed_min, null)
  _run_seconds = try(var.alerts.run_seconds, null)

  # What is counted in the logs.
  log_metrics = var.alerts == null ? {} : merge(
    local._error_lines == null ? {} : {
      error-lines = {
        description = "Log lines of severity ERROR or above"
        filter      = "${local.log_filter} AND severity>=ERROR"
        resource    = "cloud_run_revision"
        threshold   = local._error_lines
        problem     = "log lines of severity ERROR or above in 5 minutes: ${local._error_lines} or more"
      }
    },
    # A call that does not reach the function leaves no failed run behind.
    var.schedule == null ? {} : {
      failed-starts = {
        description = "Scheduled calls that failed"
        filter      = "resource.type=\"cloud_scheduler_job\" AND resource.labels.job_id=\"${local.name}\" AND resource.labels.location=\"${local.schedule_region}\" AND severity>=ERROR"
        resource    = "cloud_scheduler_job"
        threshold   = 1
        problem     = "scheduled calls that failed in 5 minutes: 1 or more"
      }
    },
    # A run tells how many records it processed in a line of JSON.
    local._few_records == null ? {} : {
      few-records = {
        description = "Runs that processed fewer than ${local._few_records} records"
        filter      = "${local.log_filter} AND jsonPayload.${var.alerts.records_field}<${local._few_records}"
        resource    = "cloud_run_revision"
        threshold   = 1
        problem     = "a run processed fewer than ${local._few_records} records"
      }
    },
  )

  _series = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"${local.name}\" AND resource.labels.location = \"${var.region}\""

  # What Cloud Run counts by itself. A run that fails, is killed or takes too long is answered with 5xx.
  run_metrics = var.alerts == null ? {} : merge(
    {
      failed-runs = {
        filter    = "${local._series} AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"5xx\""
        aligner   = "ALIGN_SUM"
        reducer   = "REDUCE_SUM"
        threshold = var.alerts.failed_runs - 1
        problem   = "runs that failed or timed out in 5 minutes: ${var.alerts.failed_runs} or more"
      }
    },
    local._run_seconds == null ? {} : {
      run-seconds = {
        filter    = "${local._series} AND metric.type = \"run.googleapis.com/request_latencies\""
        aligner   = "ALIGN_PERCENTILE_99"
        reducer   = "REDUCE_MAX"
        threshold = local._run_seconds * 1000 # milliseconds
        problem   = "a run took more than ${local._run_seconds} seconds"
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
    replace_triggered_by = [google_cloudfunctions2_function.this.name]
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
        alignment_period     = "300s"
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
    content = "Function ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
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
    content = "Function ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
  }
}
