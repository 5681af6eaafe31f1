output "aks_cluster_name" {
  description = "Name of the cluster."
  value       = module.job.aks_cluster_name
}

output "dagster_k8s_config" {
  description = "Settings with which Dagster starts runs of the job."
  value       = module.job.dagster_k8s_config
}

output "id" {
  description = "Id of the cron job: namespace/name."
  value       = module.job.id
}

output "managed_identity_principal_id" {
  description = "Object id of the identity that the job acts as, for further role assignments."
  value       = module.job.managed_identity_principal_id
}
