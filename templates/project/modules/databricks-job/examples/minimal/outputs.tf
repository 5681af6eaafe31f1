output "job_url" {
  description = "The job's page in the workspace."
  value       = module.job.job_url
}
