output "endpoint_url" {
  description = "Address that starts a run."
  value       = module.job.endpoint_url
}

output "id" {
  description = "Resource id of the job."
  value       = module.job.id
}
