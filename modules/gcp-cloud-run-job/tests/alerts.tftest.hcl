# Paths covered: logs.tf, alerts.tf. Logs have a retention; alerts count failed runs, error lines, long runs and failed starts of this job only, reach
# the channels and carry the labels.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "logs_are_kept_for_the_stated_time" {
  command = plan

  variables {
    log_retention_days = 90
  }

  assert {
    condition     = google_logging_project_bucket_config.this["own"].retention_days == 90 && google_logging_project_bucket_config.this["own"].location == "europe-west1"
    error_message = "The log bucket must keep logs for the stated time, in the job's region."
  }

  assert {
    condition     = google_logging_project_sink.this["own"].destination == "logging.googleapis.com/projects/acme-data-prod/locations/europe-west1/buckets/acme-prod-stripe"
    error_message = "The sink must write to the log bucket."
  }
}

run "the_sink_takes_this_jobs_logs" {
  command = plan

  assert {
    condition     = google_logging_project_sink.this["own"].filter == "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"acme-prod-stripe\" AND resource.labels.location=\"europe-west1\"" && output.log_filter == google_logging_project_sink.this["own"].filter
    error_message = "The sink must take the logs of this job and no others."
  }
}

run "a_shared_log_bucket" {
  command = plan

  variables {
    log_bucket_id = "projects/acme-data-prod/locations/europe-west1/buckets/etl"
  }

  assert {
    condition     = length(google_logging_project_bucket_config.this) == 0 && google_logging_project_sink.this["own"].destination == "logging.googleapis.com/projects/acme-data-prod/locations/europe-west1/buckets/etl"
    error_message = "With log_bucket_id the sink must write there and no bucket be made."
  }
}

run "no_alerts_by_default" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.runs) + length(google_monitoring_alert_policy.logs) + length(google_logging_metric.this) == 0
    error_message = "alerts = null must make nothing."
  }
}

run "failed_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 3, channels = ["projects/acme-data-prod/notificationChannels/2", "projects/acme-data-prod/notificationChannels/1"] }
    tags   = { cost_center = "fin-001" }
  }

  assert {
    condition     = keys(google_monitoring_alert_policy.runs) == ["failed-runs"] && length(google_monitoring_alert_policy.logs) == 0
    error_message = "Only the alarm that was asked for must be made."
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].filter, "resource.labels.job_name = \"acme-prod-stripe\"")
      && strcontains(google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].filter, "metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\"")
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].threshold_value == 2
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].comparison == "COMPARISON_GT"
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].aggregations[0].alignment_period == "300s"
    )
    error_message = "Three failed runs of this job in five minutes must raise the alarm."
  }

  assert {
    condition     = google_monitoring_alert_policy.runs["failed-runs"].notification_channels == tolist(["projects/acme-data-prod/notificationChannels/1", "projects/acme-data-prod/notificationChannels/2"])
    error_message = "The alarm must reach the channels, in a stable order."
  }

  assert {
    condition     = google_monitoring_alert_policy.runs["failed-runs"].user_labels == tomap({ cost_center = "fin-001" })
    error_message = "Policies must carry all tags."
  }
}

run "long_runs" {
  command = plan

  variables {
    alerts = { run_seconds = 5401 }
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].filter, "run.googleapis.com/job/running_executions")
      && google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].duration == "5460s"
    )
    error_message = "A run that is going on for longer than run_seconds, in whole minutes, must raise the alarm."
  }
}

run "error_lines" {
  command = plan

  variables {
    alerts = { error_lines = 5 }
    tags   = { cost_center = "fin-001" }
  }

  assert {
    condition     = google_logging_metric.this["error-lines"].filter == "${output.log_filter} AND severity>=ERROR"
    error_message = "Error lines of this job must be counted."
  }

  assert {
    condition = (
      google_monitoring_alert_policy.logs["error-lines"].conditions[0].condition_prometheus_query_language[0].query
      == "sum(increase(logging_googleapis_com:user_acme_prod_stripe_error_lines{monitored_resource=\"cloud_run_job\"}[5m])) > 4.5"
    )
    error_message = "Five error lines in five minutes must raise the alarm."
  }

  assert {
    condition     = google_monitoring_alert_policy.logs["error-lines"].conditions[0].condition_prometheus_query_language[0].disable_metric_validation == true && google_monitoring_alert_policy.logs["error-lines"].user_labels == tomap({ cost_center = "fin-001" })
    error_message = "The policy must not wait for the new metric, and must carry all tags."
  }
}

run "failed_starts_of_a_schedule" {
  command = plan

  variables {
    alerts   = {}
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition     = strcontains(google_logging_metric.this["failed-starts"].filter, "resource.type=\"cloud_scheduler_job\" AND resource.labels.job_id=\"acme-prod-stripe\"") && contains(keys(google_monitoring_alert_policy.logs), "failed-starts")
    error_message = "A schedule that cannot start its job must raise an alarm."
  }
}

run "rates" {
  command = plan

  variables {
    alerts = { error_rate = 5, timeout_rate = 2.5 }
    tags   = { cost_center = "fin-001" }
  }

  assert {
    condition     = google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].filter == "${google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].denominator_filter} AND metric.labels.result = \"failed\"" && strcontains(google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].denominator_filter, "resource.labels.job_name = \"acme-prod-stripe\"")
    error_message = "Failed runs must be divided by all runs of this job."
  }

  assert {
    condition     = google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].threshold_value == 0.05 && [for part in concat(google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].aggregations, google_monitoring_alert_policy.error_rate["this"].conditions[0].condition_threshold[0].denominator_aggregations) : part.alignment_period] == ["86400s", "86400s"]
    error_message = "Five per cent of a day's runs must raise the alarm, both counted over the same time."
  }

  assert {
    condition     = strcontains(google_logging_metric.timeouts["this"].filter, "resource.labels.job_name=\"acme-prod-stripe\"") && strcontains(google_logging_metric.timeouts["this"].filter, "configured timeout was reached")
    error_message = "Timeouts must be counted where Cloud Run tells them."
  }

  assert {
    condition     = google_monitoring_alert_policy.timeout_rate["this"].conditions[0].condition_prometheus_query_language[0].query == "100 * sum(increase(logging_googleapis_com:user_acme_prod_stripe_timeouts{monitored_resource=\"cloud_run_job\"}[1d])) / sum(increase(run_googleapis_com:job_completed_execution_count{monitored_resource=\"cloud_run_job\",job_name=\"acme-prod-stripe\",location=\"europe-west1\"}[1d])) > 2.5" && google_monitoring_alert_policy.timeout_rate["this"].conditions[0].condition_prometheus_query_language[0].disable_metric_validation == true
    error_message = "Timeouts must be divided by all runs of this job."
  }

  assert {
    condition     = google_monitoring_alert_policy.error_rate["this"].user_labels == tomap({ cost_center = "fin-001" }) && google_monitoring_alert_policy.timeout_rate["this"].user_labels == tomap({ cost_center = "fin-001" })
    error_message = "Policies must carry all tags."
  }
}

run "runs_with_few_records" {
  command = plan

  variables {
    alerts = { records_field = "totals.records", records_processed_min = 1000 }
  }

  assert {
    condition     = endswith(google_logging_metric.this["few-records"].filter, " AND jsonPayload.totals.records<1000") && google_logging_metric.this["few-records"].description == "Runs that processed fewer than 1000 records"
    error_message = "Lines of the job's log that tell a smaller number must be counted."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.logs["few-records"].conditions[0].condition_prometheus_query_language[0].query, "_few_records{monitored_resource=\"cloud_run_job\"}[5m])) > 0.5")
    error_message = "One such line must raise the alarm."
  }
}
