output "airflow_kubernetes_config" {
  description = "Arguments of Airflow's KubernetesPodOperator."
  value       = module.job.airflow_kubernetes_config
}

output "dagster_k8s_config" {
  description = "Settings that start a run by dagster-k8s."
  value       = module.job.dagster_k8s_config
}

output "namespace" {
  description = "Namespace of the job."
  value       = module.job.namespace
}

output "worker_deployment" {
  description = "Name of the deployment of workers."
  value       = module.workers.deployment_name
}
