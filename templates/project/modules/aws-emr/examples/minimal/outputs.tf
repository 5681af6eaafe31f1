output "cluster_id" {
  description = "The cluster that the job runs on."
  value       = module.job.cluster_id
}

output "endpoint_url" {
  description = "Where a run is started."
  value       = module.job.endpoint_url
}

output "id" {
  description = "The state machine that runs the job."
  value       = module.job.id
}
