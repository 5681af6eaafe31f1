# Alerts and logs. Paths covered: alerts.tf, logs.tf. None without alerts; failed and long runs from metrics, error lines and failed calls from logs; the log bucket of its own and a shared one.

mock_provider "google" {
  source = "./tests/mocks"
}

mock_provider "time" {}

variables {
  project_id     = "acme-data-prod"
  region         = "europe-west1"
  name           = "rates"
  tenant         = "acme"
  environment    = "prod"
  source_archive = "gs://acme-functions/rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"
}

run "none_without_alerts" {
  variables {
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition     = length(google_monitoring_alert_policy.runs) + length(google_monitoring_alert_policy.logs) + length(google_logging_metric.this) == 0
    error_message = "Without alerts there must be no policies."
  }
}

run "all_of_them" {
  variables {
    alerts   = { channels = ["projects/acme-data-prod/notificationChannels/1"], failed_runs = 3, error_lines = 5, run_seconds = 600 }
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition     = keys(google_monitoring_alert_policy.runs) == ["failed-runs", "run-seconds"] && keys(google_monitoring_alert_policy.logs) == ["error-lines", "failed-starts"]
    error_message = "There must be an alert for failed runs, long runs, error lines and failed calls."
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].filter, "resource.labels.service_name = \"acme-prod-rates\"")
      && strcontains(google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].filter, "response_code_class = \"5xx\"")
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].threshold_value == 2
    )
    error_message = "Three failed runs of this function must raise the alarm."
  }

  assert {
    condition     = google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].threshold_value == 600000 && strcontains(google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].filter, "request_latencies")
    error_message = "A long run is measured in milliseconds."
  }

  assert {
    condition     = strcontains(google_logging_metric.this["error-lines"].filter, "severity>=ERROR") && strcontains(google_monitoring_alert_policy.logs["error-lines"].conditions[0].condition_prometheus_query_language[0].query, "user_acme_prod_rates_error_lines{monitored_resource=\"cloud_run_revision\"}[5m])) > 4.5")
    error_message = "Five error lines must raise the alarm."
  }

  assert {
    condition     = alltrue([for policy in merge(google_monitoring_alert_policy.runs, google_monitoring_alert_policy.logs) : policy.notification_channels == tolist(["projects/acme-data-prod/notificationChannels/1"])])
    error_message = "The channels must be told."
  }
}

run "logs_have_a_bucket_of_their_own" {
  variables {
    log_retention_days = 90
  }

  assert {
    condition     = google_logging_project_bucket_config.this["own"].retention_days == 90 && google_logging_project_sink.this["own"].destination == "logging.googleapis.com/projects/acme-data-prod/locations/europe-west1/buckets/acme-prod-rates"
    error_message = "Logs must be kept for as long as asked for, in a bucket of their own."
  }

  assert {
    condition     = google_logging_project_sink.this["own"].filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"acme-prod-rates\" AND resource.labels.location=\"europe-west1\""
    error_message = "The sink must take the logs of this function."
  }
}

run "logs_go_to_a_shared_bucket" {
  variables {
    log_bucket_id = "projects/acme-data-prod/locations/europe-west1/buckets/etl"
  }

  assert {
    condition     = length(google_logging_project_bucket_config.this) == 0 && google_logging_project_sink.this["own"].destination == "logging.googleapis.com/projects/acme-data-prod/locations/europe-west1/buckets/etl"
    error_message = "With a log bucket of the caller no other must be made."
  }
}

run "rates" {
  command = plan

  variables {
    alerts = { error_rate = 5, timeout_rate = 2.5 }
    tags   = { cost_center = "fin-001" }
  }

  assert {
    condition     = { for key, policy in google_monitoring_alert_policy.rates : key => [policy.conditions[0].condition_threshold[0].threshold_value, trimprefix(policy.conditions[0].condition_threshold[0].filter, policy.conditions[0].condition_threshold[0].denominator_filter)] } == { error-rate = [0.05, " AND metric.labels.response_code_class = \"5xx\""], timeout-rate = [0.025, " AND metric.labels.response_code = \"504\""] }
    error_message = "Failed and timed-out runs must be divided by all runs."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.rates : strcontains(policy.conditions[0].condition_threshold[0].denominator_filter, "metric.type = \"run.googleapis.com/request_count\"") && policy.conditions[0].condition_threshold[0].aggregations[0].alignment_period == "86400s" && policy.conditions[0].condition_threshold[0].denominator_aggregations[0].alignment_period == "86400s" && policy.user_labels == tomap({ cost_center = "fin-001" })])
    error_message = "Both must be counted over a day, and policies carry all tags."
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
    condition     = strcontains(google_monitoring_alert_policy.logs["few-records"].conditions[0].condition_prometheus_query_language[0].query, "_few_records{monitored_resource=\"cloud_run_revision\"}[5m])) > 0.5")
    error_message = "One such line must raise the alarm."
  }
}
