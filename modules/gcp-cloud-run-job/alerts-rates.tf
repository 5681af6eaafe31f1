# Per cent of the runs that ended within a day: with fewer runs than that, a rate would say little. Cloud Run counts a
# run when it has ended.
locals {
  _error_rate   = try(var.alerts.error_rate, null)
  _timeout_rate = try(var.alerts.timeout_rate, null)
  _ended_runs   = "run_googleapis_com:job_completed_execution_count{monitored_resource=\"cloud_run_job\",job_name=\"${local.name}\",location=\"${var.region}\"}"
}

resource "google_monitoring_alert_policy" "error_rate" {
  for_each = toset(local._error_rate == null ? [] : ["this"])

  project               = var.project_id
  display_name          = "${local.name}: error-rate"
  combiner              = "OR"
  notification_channels = sort(var.alerts.channels)
  severity              = "ERROR"
  user_labels           = var.tags

  conditions {
    display_name = "more than ${local._error_rate} per cent of a day's runs failed or timed out"

    condition_threshold {
      filter             = "${local._job_series} AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\""
      denominator_filter = "${local._job_series} AND metric.type = \"run.googleapis.com/job/completed_execution_count\""
      comparison         = "COMPARISON_GT"
      threshold_value    = local._error_rate / 100
      duration           = "0s"

      aggregations {
        alignment_period     = "86400s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }

      denominator_aggregations {
        alignment_period     = "86400s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: too many runs fail"
    content = "Cloud Run job ${local.name} in ${var.region} (project ${var.project_id}): more than ${local._error_rate} per cent of a day's runs failed or timed out."
  }
}

# Cloud Run's count does not say why a run failed; the event in the log that ends each run does.
resource "google_logging_metric" "timeouts" {
  for_each = toset(local._timeout_rate == null ? [] : ["this"])

  project     = var.project_id
  name        = "${local.name}-timeouts"
  description = "Runs that timed out"
  filter      = "${local.log_filter} AND log_id(\"cloudaudit.googleapis.com/system_event\") AND protoPayload.methodName=\"/Jobs.RunJob\" AND protoPayload.status.message:\"configured timeout was reached\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  # Under another name the provider makes a second metric and forgets the first.
  lifecycle {
    replace_triggered_by = [terraform_data.name]
  }
}

resource "google_monitoring_alert_policy" "timeout_rate" {
  for_each = google_logging_metric.timeouts

  project               = var.project_id
  display_name          = "${local.name}: timeout-rate"
  combiner              = "OR"
  notification_channels = sort(var.alerts.channels)
  severity              = "ERROR"
  user_labels           = var.tags

  conditions {
    display_name = "more than ${local._timeout_rate} per cent of a day's runs timed out"

    condition_prometheus_query_language {
      query                     = "100 * sum(increase(logging_googleapis_com:user_${replace(each.value.name, "-", "_")}{monitored_resource=\"cloud_run_job\"}[1d])) / sum(increase(${local._ended_runs}[1d])) > ${local._timeout_rate}"
      duration                  = "0s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: too many runs time out"
    content = "Cloud Run job ${local.name} in ${var.region} (project ${var.project_id}): more than ${local._timeout_rate} per cent of a day's runs timed out."
  }
}
