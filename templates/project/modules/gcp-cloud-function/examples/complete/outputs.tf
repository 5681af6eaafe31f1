output "docker_repository" {
  description = "Where the images are."
  value       = module.job.docker_repository
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
  description = "Identity of the function, for rights of its own."
  value       = module.job.service_account_email
}
