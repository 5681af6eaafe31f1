output "endpoint_url" {
  description = "Where a run is started."
  value       = module.job.endpoint_url
}

output "function_name" {
  description = "The function that is the job."
  value       = module.job.function_name
}
