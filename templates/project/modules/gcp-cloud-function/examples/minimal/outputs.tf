output "endpoint_url" {
  description = "Address that starts a run."
  value       = module.job.endpoint_url
}

output "function_name" {
  description = "Name of the function."
  value       = module.job.function_name
}
