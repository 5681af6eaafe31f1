output "all_labels" {
  description = "The same as all_tags."
  value       = var.tags
}

output "all_tags" {
  description = "The labels given to everything that takes labels."
  value       = var.tags
}

output "build_service_account_email" {
  description = "E-mail of the service account that Cloud Build makes the image as."
  value       = var.build_service_account == null ? one(values(google_service_account.build)[*].email) : var.build_service_account
}

output "cluster_name" {
  description = "Always null: Cloud Functions has no clusters."
  value       = null
}

output "docker_repository" {
  description = "Repository of the function's images (projects/P/locations/R/repositories/NAME)."
  value       = google_artifact_registry_repository.this.id
}

output "endpoint_url" {
  description = "Address that starts a run (POST, with an OIDC token for this address) and answers at its end. It is reached from the project's own networks and by Google's schedulers and workflows only."
  value       = local.uri
}

output "function_id" {
  description = "The same as id."
  value       = google_cloudfunctions2_function.this.id
}

output "function_name" {
  description = "The same as service_name."
  value       = google_cloudfunctions2_function.this.name
}

output "id" {
  description = "Id of the function (projects/P/locations/R/functions/NAME)."
  value       = google_cloudfunctions2_function.this.id
}

output "invoke_command" {
  description = "Command that starts a run of the schedule at once, whose call is let in; null without a schedule. Otherwise the function is called from inside the project's networks, at endpoint_url."
  value       = one([for job in values(google_cloud_scheduler_job.this) : "gcloud scheduler jobs run ${job.name} --project=${var.project_id} --location=${job.region}"])
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
  value       = google_cloudfunctions2_function.this.name
}

output "project_id" {
  description = "Project in which everything was made."
  value       = var.project_id
}

output "region" {
  description = "Region of the function."
  value       = var.region
}

output "resource_labels" {
  description = "Every label that the function has, those that the provider adds included."
  value       = google_cloudfunctions2_function.this.effective_labels
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
  description = "E-mail of the service account that Cloud Scheduler calls the function with; null without a schedule."
  value       = local.scheduler_account
}

output "service_account_email" {
  description = "E-mail of the service account that the function runs as."
  value       = local.identity
}

output "service_account_name" {
  description = "Full name of the service account made for the function; null when an existing one is used."
  value       = one(values(google_service_account.this)[*].name)
}

output "service_account_unique_id" {
  description = "Numeric id of the service account made for the function; null when an existing one is used."
  value       = one(values(google_service_account.this)[*].unique_id)
}

output "service_name" {
  description = "Name of the Cloud Run service that the function is."
  value       = google_cloudfunctions2_function.this.name
}

output "service_uri" {
  description = "The same as endpoint_url."
  value       = local.uri
}
