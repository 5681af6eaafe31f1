output "airflow_kubernetes_config" {
  description = "What Airflow's GKEStartPodOperator takes."
  value       = module.job.airflow_kubernetes_config
}

output "dagster_k8s_config" {
  description = "What Dagster's K8sRunLauncher takes."
  value       = module.job.dagster_k8s_config
}

output "log_filter" {
  description = "Filter that finds the logs."
  value       = module.job.log_filter
}

output "service_account_email" {
  description = "Identity of the job, for rights of its own."
  value       = module.job.service_account_email
}
