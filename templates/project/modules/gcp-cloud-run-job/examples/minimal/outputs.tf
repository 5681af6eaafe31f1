output "endpoint_url" {
  description = "Address that starts a run."
  value       = module.job.endpoint_url
}

output "job_name" {
  description = "Name of the Cloud Run job."
  value       = module.job.job_name
}
