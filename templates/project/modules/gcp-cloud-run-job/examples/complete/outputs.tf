output "dagster_cloud_run_config" {
  description = "What Dagster's CloudRunRunLauncher needs to know."
  value       = module.job.dagster_cloud_run_config
}

output "endpoint_url" {
  description = "Address that starts a run."
  value       = module.job.endpoint_url
}

output "log_filter" {
  description = "Filter that finds the logs."
  value       = module.job.log_filter
}

output "service_account_email" {
  description = "Identity of the job, for rights of its own."
  value       = module.job.service_account_email
}
