output "aks_cluster_name" {
  description = "Name of the cluster."
  value       = module.job.aks_cluster_name
}

output "id" {
  description = "Id of the cron job: namespace/name."
  value       = module.job.id
}
