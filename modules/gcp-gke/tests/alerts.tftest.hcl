# Paths covered: logs.tf, alerts.tf. Logs have a retention; alerts count failed runs, error lines, long runs and failed starts of this job only, reach
# the channels and carry the labels.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
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

  variables {
    namespace = "etl"
  }

  assert {
    condition     = startswith(google_logging_project_sink.this["own"].filter, "(resource.labels.cluster_name=\"acme-prod-stripe\" AND resource.labels.location=\"europe-west1\" AND resource.labels.namespace_name=\"etl\") OR (") && output.log_filter == google_logging_project_sink.this["own"].filter
    error_message = "The sink must take what is printed in this cluster and namespace."
  }

  assert {
    condition     = endswith(google_logging_project_sink.this["own"].filter, " OR (resource.type=\"k8s_cluster\" AND resource.labels.cluster_name=\"acme-prod-stripe\" AND resource.labels.location=\"europe-west1\" AND log_id(\"events\") AND jsonPayload.involvedObject.namespace=\"etl\")")
    error_message = "The sink must take the events of jobs and cron jobs in the namespace."
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
    condition     = keys(google_monitoring_alert_policy.logs) == ["failed-runs"] && length(google_monitoring_alert_policy.runs) == 0
    error_message = "Only the alarm that was asked for must be made."
  }

  assert {
    condition = (
      strcontains(google_logging_metric.this["failed-runs"].filter, "jsonPayload.involvedObject.namespace=\"acme-prod-stripe\" AND jsonPayload.involvedObject.kind=\"Job\" AND jsonPayload.reason=(\"BackoffLimitExceeded\" OR \"DeadlineExceeded\"")
      && google_monitoring_alert_policy.logs["failed-runs"].conditions[0].condition_prometheus_query_language[0].query == "sum(increase(logging_googleapis_com:user_acme_prod_stripe_failed_runs{monitored_resource=\"k8s_cluster\"}[5m])) > 2.5"
    )
    error_message = "Three failed runs of this job in five minutes must raise the alarm."
  }

  assert {
    condition     = google_monitoring_alert_policy.logs["failed-runs"].notification_channels == tolist(["projects/acme-data-prod/notificationChannels/1", "projects/acme-data-prod/notificationChannels/2"]) && google_monitoring_alert_policy.logs["failed-runs"].user_labels == tomap({ cost_center = "fin-001" })
    error_message = "The alarm must reach the channels, in a stable order, and carry all tags."
  }
}

run "workers_that_die" {
  command = plan

  variables {
    alerts  = { failed_runs = 3 }
    workers = { min = 1, max = 2 }
    tags    = { cost_center = "fin-001" }
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].filter, "resource.labels.namespace_name = \"acme-prod-stripe\" AND metric.type = \"kubernetes.io/container/restart_count\"")
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].threshold_value == 2
      && google_monitoring_alert_policy.runs["failed-runs"].conditions[0].condition_threshold[0].aggregations[0].per_series_aligner == "ALIGN_DELTA"
      && google_monitoring_alert_policy.runs["failed-runs"].user_labels == tomap({ cost_center = "fin-001" })
    )
    error_message = "Three restarts of a worker's container in five minutes must raise the alarm."
  }
}

run "long_runs" {
  command = plan

  variables {
    alerts = { run_seconds = 5401 }
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].filter, "metric.type = \"kubernetes.io/container/uptime\"")
      && google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].threshold_value == 5401
      && google_monitoring_alert_policy.runs["run-seconds"].conditions[0].condition_threshold[0].aggregations[0].cross_series_reducer == "REDUCE_MAX"
    )
    error_message = "A container that has been running for longer than run_seconds must raise the alarm."
  }
}

run "error_lines_and_failed_starts" {
  command = plan

  variables {
    alerts   = { error_lines = 5 }
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition     = google_logging_metric.this["error-lines"].filter == "resource.type=\"k8s_container\" AND resource.labels.cluster_name=\"acme-prod-stripe\" AND resource.labels.location=\"europe-west1\" AND resource.labels.namespace_name=\"acme-prod-stripe\" AND severity>=ERROR"
    error_message = "Error lines of this job must be counted."
  }

  assert {
    condition     = strcontains(google_logging_metric.this["failed-starts"].filter, "jsonPayload.involvedObject.kind=\"CronJob\" AND jsonPayload.type=\"Warning\"") && contains(keys(google_monitoring_alert_policy.logs), "failed-starts")
    error_message = "A cron job that cannot start its job must raise an alarm."
  }
}

run "rates" {
  command = plan

  variables {
    alerts = { error_rate = 5, timeout_rate = 2.5 }
    tags   = { cost_center = "fin-001" }
  }

  assert {
    condition     = { for key, policy in google_monitoring_alert_policy.rates : key => policy.conditions[0].condition_prometheus_query_language[0].query } == { error-rate = "100 * sum(increase(logging_googleapis_com:user_acme_prod_stripe_bad_ends{monitored_resource=\"k8s_cluster\"}[1d])) / sum(increase(logging_googleapis_com:user_acme_prod_stripe_ends{monitored_resource=\"k8s_cluster\"}[1d])) > 5", timeout-rate = "100 * sum(increase(logging_googleapis_com:user_acme_prod_stripe_timeouts{monitored_resource=\"k8s_cluster\"}[1d])) / sum(increase(logging_googleapis_com:user_acme_prod_stripe_ends{monitored_resource=\"k8s_cluster\"}[1d])) > 2.5" }
    error_message = "Bad ends must be divided by all ends."
  }

  assert {
    condition     = endswith(google_logging_metric.run_ends["timeouts"].filter, "jsonPayload.reason=(\"DeadlineExceeded\")") && strcontains(google_logging_metric.run_ends["ends"].filter, "(\"Completed\" OR \"BackoffLimitExceeded\" OR \"DeadlineExceeded\"") && strcontains(google_logging_metric.run_ends["bad-ends"].filter, "(\"BackoffLimitExceeded\" OR")
    error_message = "Every end of a run must be counted by what Kubernetes says of it."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.rates : policy.user_labels == tomap({ cost_center = "fin-001" })])
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
    condition     = strcontains(google_monitoring_alert_policy.logs["few-records"].conditions[0].condition_prometheus_query_language[0].query, "_few_records{monitored_resource=\"k8s_container\"}[5m])) > 0.5")
    error_message = "One such line must raise the alarm."
  }
}
