# Per cent of a day's runs: with fewer runs than that, a rate would say little. A run that times out is answered with 504.
locals {
  _requests = "${local._series} AND metric.type = \"run.googleapis.com/request_count\""

  rates = {
    for key, rate in {
      error-rate = {
        limit  = try(var.alerts.error_rate, null)
        filter = "${local._requests} AND metric.labels.response_code_class = \"5xx\""
        what   = "failed or timed out"
      }
      timeout-rate = {
        limit  = try(var.alerts.timeout_rate, null)
        filter = "${local._requests} AND metric.labels.response_code = \"504\""
        what   = "timed out"
      }
    } : key => rate if rate.limit != null
  }
}

resource "google_monitoring_alert_policy" "rates" {
  for_each = local.rates

  project               = var.project_id
  display_name          = "${local.name}: ${each.key}"
  combiner              = "OR"
  notification_channels = sort(var.alerts.channels)
  severity              = "ERROR"
  user_labels           = var.tags

  conditions {
    display_name = "more than ${each.value.limit} per cent of a day's runs ${each.value.what}"

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = local._requests
      comparison         = "COMPARISON_GT"
      threshold_value    = each.value.limit / 100
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
    subject = "${local.name}: ${each.key}"
    content = "Function ${local.name} in ${var.region} (project ${var.project_id}): more than ${each.value.limit} per cent of a day's runs ${each.value.what}."
  }
}
