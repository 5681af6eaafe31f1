locals {
  _error_lines = try(var.alerts.error_lines, null)
  _few_records = try(var.alerts.records_processed_min, null)
  _run_seconds = try(var.alerts.run_seconds, null)

  # What is counted in the logs. A worker has no runs: there, a container that dies counts as a failed run.
  log_metrics = var.alerts == null ? {} : merge(
    local._error_lines == null ? {} : {
      error-lines = {
        description = "Log lines of severity ERROR or above"
        filter      = "${local.log_filter} AND severity>=ERROR"
        resource    = var.workers == null ? "cloud_run_job" : "cloud_run_worker_pool"
        threshold   = local._error_lines
        problem     = "log lines of severity ERROR or above in 5 minutes: ${local._error_lines} or more"
      }
    },
    var.workers == null ? {} : {
      failed-runs = {
        description = "Containers that ended with an error or ran out of memory"
        filter      = "${local.log_filter} AND log_id(\"run.googleapis.com/varlog/system\") AND textPayload=~\"Container called exit[(][1-9]|Memory limit of .* exceeded\""
        resource    = "cloud_run_worker_pool"
        threshold   = var.alerts.failed_runs
        problem     = "containers that died in 5 minutes: ${var.alerts.failed_runs} or more"
      }
    },
    # A schedule that cannot start its job leaves no failed run behind.
    var.schedule == null ? {} : {
      failed-starts = {
        description = "Scheduled starts that failed"
        filter      = "resource.type=\"cloud_scheduler_job\" AND resource.labels.job_id=\"${local.name}\" AND resource.labels.location=\"${local.schedule_region}\" AND severity>=ERROR"
        resource    = "cloud_scheduler_job"
        threshold   = 1
        problem     = "scheduled starts that failed in 5 minutes: 1 or more"
      }
    },
    # A run tells how many records it processed in a line of JSON.
    local._few_records == null ? {} : {
      few-records = {
        description = "Runs that processed fewer than ${local._few_records} records"
        filter      = "${local.log_filter} AND jsonPayload.${var.alerts.records_field}<${local._few_records}"
        resource    = "cloud_run_job"
        threshold   = 1
        problem     = "a run processed fewer than ${local._few_records} records"
      }
    },
  )

  _job_series = "resource.type = \"cloud_run_job\" AND resource.labels.job_name = \"${local.name}\" AND resource.labels.location = \"${var.region}\""

  # What Cloud Run counts by itself.
  run_metrics = var.alerts == null || var.workers != null ? {} : merge(
    {
      failed-runs = {
        filter    = "${local._job_series} AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\""
        period    = "300s"
        aligner   = "ALIGN_SUM"
        threshold = var.alerts.failed_runs - 1
        duration  = "0s"
        problem   = "runs that failed or timed out in 5 minutes: ${var.alerts.failed_runs} or more"
      }
    },
    local._run_seconds == null ? {} : {
      # There is no metric of how long a run lasts; that one is going on all the time is the nearest.
      run-seconds = {
        filter    = "${local._job_series} AND metric.type = \"run.googleapis.com/job/running_executions\""
        period    = "60s"
        aligner   = "ALIGN_MAX"
        threshold = 0
        duration  = "${ceil(local._run_seconds / 60) * 60}s"
        problem   = "runs have been going on for more than ${ceil(local._run_seconds / 60)} minutes"
      }
    },
  )
}

# What the metrics follow, whether there is a job or a worker pool.
resource "terraform_data" "name" {
  for_each = toset(length(local.log_metrics) > 0 || local._timeout_rate != null ? ["metrics"] : [])

  input = local.name
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
    replace_triggered_by = [terraform_data.name]
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
      duration        = each.value.duration

      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "3600s"
  }

  documentation {
    subject = "${local.name}: ${each.value.problem}"
    content = "Cloud Run job ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
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
    content = "Cloud Run ${var.workers == null ? "job" : "worker pool"} ${local.name} in ${var.region} (project ${var.project_id}): ${each.value.problem}."
  }
}
