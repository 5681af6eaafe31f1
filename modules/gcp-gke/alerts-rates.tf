# Per cent of the runs that ended within a day: with fewer runs than that, a rate would say little. Kubernetes tells
# the end of each run in an event.
locals {
  _bad_ends   = "\"BackoffLimitExceeded\" OR \"DeadlineExceeded\" OR \"FailedIndexes\" OR \"MaxFailedIndexesExceeded\" OR \"PodFailurePolicy\""
  _run_events = "${local.event_filter} AND jsonPayload.involvedObject.kind=\"Job\""

  rates = {
    for key, rate in {
      error-rate   = { limit = try(var.alerts.error_rate, null), counted = "bad-ends", what = "failed or timed out" }
      timeout-rate = { limit = try(var.alerts.timeout_rate, null), counted = "timeouts", what = "timed out" }
    } : key => rate if rate.limit != null
  }

  run_ends = {
    for key, end in {
      bad-ends = { description = "Runs that failed or timed out", reasons = local._bad_ends }
      ends     = { description = "Runs that ended", reasons = "\"Completed\" OR ${local._bad_ends}" }
      timeouts = { description = "Runs that timed out", reasons = "\"DeadlineExceeded\"" }
    } : key => end if contains(flatten([for rate in local.rates : [rate.counted, "ends"]]), key)
  }
}

resource "google_logging_metric" "run_ends" {
  for_each = local.run_ends

  project     = var.project_id
  name        = "${local.name}-${each.key}"
  description = each.value.description
  filter      = "${local._run_events} AND jsonPayload.reason=(${each.value.reasons})"

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

    condition_prometheus_query_language {
      query = "100 * ${join(" / ", [
        for end in [each.value.counted, "ends"] :
        "sum(increase(logging_googleapis_com:user_${replace(google_logging_metric.run_ends[end].name, "-", "_")}{monitored_resource=\"k8s_cluster\"}[1d]))"
      ])} > ${each.value.limit}"
      duration                  = "0s"
      evaluation_interval       = "60s"
      disable_metric_validation = true
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: ${each.key}"
    content = "Namespace ${local.namespace} of the cluster ${local.name} in ${var.region} (project ${var.project_id}): more than ${each.value.limit} per cent of a day's runs ${each.value.what}."
  }
}
