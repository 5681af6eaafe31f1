output "airflow_cloud_run_config" {
  description = "Arguments of Airflow's CloudRunExecuteJobOperator that start a run of the job; null for a worker pool."
  value = one([
    for job in values(google_cloud_run_v2_job.this) : {
      project_id = var.project_id
      region     = var.region
      job_name   = job.name
    }
  ])
}

output "all_labels" {
  description = "The same as all_tags."
  value       = var.tags
}

output "all_tags" {
  description = "The labels given to everything that takes labels."
  value       = var.tags
}

output "cloud_run_job_id" {
  description = "The same as job_id."
  value       = one(values(google_cloud_run_v2_job.this)[*].id)
}

output "cloud_run_job_name" {
  description = "The same as job_name."
  value       = one(values(google_cloud_run_v2_job.this)[*].name)
}

output "cluster_name" {
  description = "Always null: Cloud Run has no clusters."
  value       = null
}

output "dagster_cloud_run_config" {
  description = "What Dagster's CloudRunRunLauncher needs to know of the job (project, region and the job's name for its code location), and what else its owner may need; null for a worker pool."
  value = one([
    for job in values(google_cloud_run_v2_job.this) : {
      project               = var.project_id
      region                = var.region
      job_name              = job.name
      service_account_email = local.identity
      timeout_seconds       = var.timeout_seconds
    }
  ])
}

output "endpoint_url" {
  description = "Address in the Cloud Run Admin API that starts a run (POST, with an OAuth access token); null for a worker pool."
  value       = one([for job in values(google_cloud_run_v2_job.this) : "${local.job_uri}:run"])
}

output "id" {
  description = "Id of the job or worker pool."
  value       = one(concat(values(google_cloud_run_v2_job.this)[*].id, values(google_cloud_run_v2_worker_pool.this)[*].id))
}

output "invoke_command" {
  description = "Command that starts a run of the job by hand and waits for its end; null for a worker pool."
  value       = one([for job in values(google_cloud_run_v2_job.this) : "gcloud run jobs execute ${job.name} --project=${var.project_id} --region=${var.region} --wait"])
}

output "job_id" {
  description = "Id of the job (projects/P/locations/R/jobs/NAME); null for a worker pool."
  value       = one(values(google_cloud_run_v2_job.this)[*].id)
}

output "job_name" {
  description = "Name of the job; null for a worker pool."
  value       = one(values(google_cloud_run_v2_job.this)[*].name)
}

output "job_uri" {
  description = "Address of the job in the Cloud Run Admin API; null for a worker pool."
  value       = one([for job in values(google_cloud_run_v2_job.this) : local.job_uri])
}

output "labels" {
  description = "The same as all_tags."
  value       = var.tags
}

output "log_bucket_id" {
  description = "Id of the log bucket that keeps the logs."
  value       = local.log_bucket
}

output "log_filter" {
  description = "Filter that finds the logs in Cloud Logging."
  value       = local.log_filter
}

output "name" {
  description = "The same as service_name."
  value       = one(concat(values(google_cloud_run_v2_job.this)[*].name, values(google_cloud_run_v2_worker_pool.this)[*].name))
}

output "project_id" {
  description = "Project in which everything was made."
  value       = var.project_id
}

output "region" {
  description = "Region of the job or worker pool."
  value       = var.region
}

output "resource_labels" {
  description = "Every label that the job or worker pool has, those that the provider adds included."
  value       = one(concat(values(google_cloud_run_v2_job.this)[*].effective_labels, values(google_cloud_run_v2_worker_pool.this)[*].effective_labels))
}

output "scheduler_job_id" {
  description = "Id of the Cloud Scheduler job; null without a schedule."
  value       = one(values(google_cloud_scheduler_job.this)[*].id)
}

output "scheduler_job_name" {
  description = "Name of the Cloud Scheduler job; null without a schedule."
  value       = one(values(google_cloud_scheduler_job.this)[*].name)
}

output "scheduler_service_account_email" {
  description = "E-mail of the service account that Cloud Scheduler starts the job with; null without a schedule."
  value       = local.scheduler_account
}

output "service_account_email" {
  description = "E-mail of the service account that the containers run as."
  value       = local.identity
}

output "service_account_name" {
  description = "Full name of the service account made for the containers; null when an existing one is used."
  value       = one(values(google_service_account.this)[*].name)
}

output "service_account_unique_id" {
  description = "Numeric id of the service account made for the containers; null when an existing one is used."
  value       = one(values(google_service_account.this)[*].unique_id)
}

output "service_id" {
  description = "Id of the worker pool; null for a job."
  value       = one(values(google_cloud_run_v2_worker_pool.this)[*].id)
}

output "service_name" {
  description = "Name of what runs the containers: the job or worker pool."
  value       = one(concat(values(google_cloud_run_v2_job.this)[*].name, values(google_cloud_run_v2_worker_pool.this)[*].name))
}

output "service_uri" {
  description = "Address of the job or worker pool in the Cloud Run Admin API; neither of them answers requests itself."
  value       = var.workers == null ? local.job_uri : "https://run.googleapis.com/v2/${one(values(google_cloud_run_v2_worker_pool.this)[*].id)}"
}
