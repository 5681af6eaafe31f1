# Paths covered: workers.tf, and what differs for workers elsewhere. Workers come instead of a job, keep the same identity, network and labels, and refuse
# the settings of runs.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }
}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "workers_instead_of_a_job" {
  command = apply

  variables {
    workers = { min = 2, max = 2 }
  }

  assert {
    condition     = length(google_cloud_run_v2_job.this) == 0 && google_cloud_run_v2_worker_pool.this["worker"].name == "acme-prod-stripe"
    error_message = "There must be a worker pool and no job."
  }

  assert {
    condition     = output.endpoint_url == null && output.job_name == null && output.job_uri == null && output.dagster_cloud_run_config == null && output.airflow_cloud_run_config == null
    error_message = "A worker cannot be started, so its job outputs must be null."
  }

  assert {
    condition     = output.service_name == "acme-prod-stripe" && output.name == "acme-prod-stripe" && output.service_id == output.id && endswith(output.service_uri, output.id) && startswith(output.service_uri, "https://run.googleapis.com/v2/")
    error_message = "The pool's name and id must be outputs."
  }
}

run "a_fixed_number_of_workers" {
  command = plan

  variables {
    workers = { min = 2, max = 2 }
  }

  assert {
    condition     = google_cloud_run_v2_worker_pool.this["worker"].scaling[0].scaling_mode == "MANUAL" && google_cloud_run_v2_worker_pool.this["worker"].scaling[0].manual_instance_count == 2
    error_message = "Equal bounds must give a fixed number."
  }
}

run "a_scaled_number_of_workers" {
  command = plan

  variables {
    workers = { min = 1, max = 5 }
  }

  assert {
    condition = (
      google_cloud_run_v2_worker_pool.this["worker"].scaling[0].scaling_mode == "AUTOMATIC"
      && google_cloud_run_v2_worker_pool.this["worker"].scaling[0].min_instance_count == 1
      && google_cloud_run_v2_worker_pool.this["worker"].scaling[0].max_instance_count == 5
      && google_cloud_run_v2_worker_pool.this["worker"].scaling[0].manual_instance_count == null
    )
    error_message = "Different bounds must give automatic scaling between them."
  }
}

run "workers_have_what_jobs_have" {
  command = apply

  variables {
    workers               = { min = 1, max = 1 }
    tags                  = { cost_center = "fin-001" }
    cpu                   = 2
    environment_variables = { LOG_LEVEL = "info" }
    secrets               = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
    network               = { subnetwork = "etl" }
    storage               = { bucket = "acme-data-lake", prefix = "raw/stripe" }
  }

  assert {
    condition     = google_cloud_run_v2_worker_pool.this["worker"].labels == tomap({ cost_center = "fin-001" }) && google_cloud_run_v2_worker_pool.this["worker"].template[0].labels == tomap({ cost_center = "fin-001" })
    error_message = "Pool and template must carry all tags."
  }

  assert {
    condition = (
      google_cloud_run_v2_worker_pool.this["worker"].template[0].service_account == "runner@acme-data-prod.iam.gserviceaccount.com"
      && google_cloud_run_v2_worker_pool.this["worker"].template[0].vpc_access[0].egress == "ALL_TRAFFIC"
      && google_cloud_run_v2_worker_pool.this["worker"].template[0].containers[0].resources[0].limits == tomap({ cpu = "2", memory = "2Gi" })
    )
    error_message = "Workers must run as the job's account, in the network, with the given size."
  }

  assert {
    condition     = toset([for env in google_cloud_run_v2_worker_pool.this["worker"].template[0].containers[0].env : env.name]) == toset(["API_KEY", "LOG_LEVEL"])
    error_message = "Workers must have the variables and secrets."
  }

  assert {
    condition     = length(google_storage_bucket_iam_member.this) == 2 && length(google_secret_manager_secret_iam_member.this) == 1
    error_message = "Workers must have the same grants as a job."
  }
}

run "logs_and_alerts_of_workers" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    alerts  = { failed_runs = 2, error_lines = 5 }
  }

  assert {
    condition     = startswith(output.log_filter, "resource.type=\"cloud_run_worker_pool\" AND resource.labels.worker_pool_name=\"acme-prod-stripe\"")
    error_message = "The logs of a worker pool have a type of their own."
  }

  assert {
    condition     = length(google_monitoring_alert_policy.runs) == 0 && keys(google_monitoring_alert_policy.logs) == ["error-lines", "failed-runs"]
    error_message = "For workers, failed_runs must count containers that died."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.logs : strcontains(policy.conditions[0].condition_prometheus_query_language[0].query, "monitored_resource=\"cloud_run_worker_pool\"")])
    error_message = "The alarms must look at the worker pool."
  }
}

run "workers_have_no_schedule" {
  command = plan

  variables {
    workers  = { min = 1, max = 1 }
    schedule = { expression = "0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "workers_are_not_runs" {
  command = plan

  variables {
    workers     = { min = 1, max = 1 }
    parallelism = 2
    max_retries = 1
    alerts      = { run_seconds = 60 }
  }

  expect_failures = [var.parallelism, var.max_retries, var.alerts]
}

run "at_least_one_worker" {
  command = plan

  variables {
    workers = { min = 0, max = 2 }
  }

  expect_failures = [var.workers]
}

run "bounds_are_in_order" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}
