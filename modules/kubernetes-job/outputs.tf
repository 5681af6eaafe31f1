output "airflow_kubernetes_config" {
  description = "Arguments of Airflow's KubernetesPodOperator that start a run as this job; null for workers. Secrets are references: deploy_type, deploy_target, secret and key of an airflow.providers.cncf.kubernetes.secret.Secret."
  value       = one([for key in local.job_keys : local.airflow])
}

output "all_labels" {
  description = "The same as all_tags."
  value       = local.labels
}

output "all_tags" {
  description = "The labels given to every object and pod."
  value       = local.labels
}

output "cluster_name" {
  description = "Name of the cluster as it was given; null otherwise."
  value       = var.cluster_name
}

output "cron_job_name" {
  description = "Name of the cron job; null for workers."
  value       = one([for job in values(kubernetes_cron_job_v1.this) : job.metadata[0].name])
}

output "dagster_k8s_config" {
  description = "Settings that start a run as this job by dagster-k8s, null for workers: arguments of execute_k8s_job, and in run_k8s_config those of K8sRunLauncher or of the tag dagster-k8s/config."
  value       = one([for key in local.job_keys : local.dagster])
}

output "deployment_name" {
  description = "Name of the deployment of workers; null for a job."
  value       = one([for deployment in values(kubernetes_deployment_v1.this) : deployment.metadata[0].name])
}

output "endpoint_url" {
  description = "Always null: neither a job nor a worker answers requests."
  value       = null
}

output "id" {
  description = "Id of the cron job or deployment: namespace/name."
  value       = one(concat(values(kubernetes_cron_job_v1.this)[*].id, values(kubernetes_deployment_v1.this)[*].id))
}

output "name" {
  description = "Name of the cron job or deployment, and of everything beside it."
  value       = local.name
}

output "namespace" {
  description = "Namespace of everything."
  value       = local.namespace
}

output "service_account_name" {
  description = "Service account that the pods run as."
  value       = local.service_account_name
}

output "service_name" {
  description = "Name of what runs the pods: the cron job, or the deployment of workers."
  value = one(concat(
    [for job in values(kubernetes_cron_job_v1.this) : job.metadata[0].name],
    [for deployment in values(kubernetes_deployment_v1.this) : deployment.metadata[0].name],
  ))
}
