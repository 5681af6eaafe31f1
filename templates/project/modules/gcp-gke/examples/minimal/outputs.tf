output "cluster_name" {
  description = "Name of the cluster."
  value       = module.job.cluster_name
}

output "cron_job_name" {
  description = "Name of the cron job, which is suspended."
  value       = module.job.cron_job_name
}

output "kubernetes_namespace" {
  description = "Namespace of the job."
  value       = module.job.kubernetes_namespace
}
