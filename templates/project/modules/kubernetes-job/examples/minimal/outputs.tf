output "cron_job_name" {
  description = "Name of the cron job."
  value       = module.job.cron_job_name
}

output "namespace" {
  description = "Namespace of the job."
  value       = module.job.namespace
}
