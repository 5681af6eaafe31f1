output "airflow_kubernetes_config" {
  description = "Arguments of Airflow's KubernetesPodOperator that start a run as this job; null for workers."
  value       = module.workload.airflow_kubernetes_config
}

output "aks_cluster_fqdn" {
  description = "Name of the API server: in the private zone, or the public one where network.private is false."
  value       = var.network.private ? azurerm_kubernetes_cluster.this.private_fqdn : azurerm_kubernetes_cluster.this.fqdn
}

output "aks_cluster_id" {
  description = "Resource id of the cluster."
  value       = azurerm_kubernetes_cluster.this.id
}

output "aks_cluster_name" {
  description = "The same as cluster_name."
  value       = azurerm_kubernetes_cluster.this.name
}

output "all_labels" {
  description = "The labels given to every Kubernetes object and pod."
  value       = module.workload.all_labels
}

output "all_tags" {
  description = "The tags that every taggable resource in Azure bears."
  value       = var.tags
}

output "cluster_identity_principal_id" {
  description = "Object id of the identity that Azure runs the cluster with, for further role assignments."
  value       = one(azurerm_user_assigned_identity.cluster[*].principal_id)
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = azurerm_kubernetes_cluster.this.name
}

output "cron_job_name" {
  description = "Name of the cron job; null for workers."
  value       = module.workload.cron_job_name
}

output "dagster_k8s_config" {
  description = "Settings that start a run as this job by dagster-k8s; null for workers."
  value       = module.workload.dagster_k8s_config
}

output "deployment_name" {
  description = "Name of the deployment; null for a batch job."
  value       = module.workload.deployment_name
}

output "endpoint_url" {
  description = "Always null: a run is started through the Kubernetes API, not by a call to one address."
  value       = null
}

output "id" {
  description = "Id of the cron job or deployment: namespace/name."
  value       = module.workload.id
}

# A user's kubeconfig: with local accounts switched off it holds the address and the authority, and no
# credentials. The provider marks all of it as sensitive.
output "kubernetes_ca_certificate" {
  description = "Certificate (PEM) of the cluster's own authority, for the Kubernetes provider."
  value       = base64decode(nonsensitive(azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate))
}

output "kubernetes_host" {
  description = "Address of the Kubernetes API (https://...), for the Kubernetes provider."
  value       = nonsensitive(azurerm_kubernetes_cluster.this.kube_config[0].host)
}

output "kubernetes_namespace" {
  description = "Namespace of the job."
  value       = module.workload.namespace
}

output "kubernetes_service_account_name" {
  description = "Kubernetes service account of the job."
  value       = module.workload.service_account_name
}

output "log_analytics_workspace_id" {
  description = "Resource id of the Log Analytics workspace."
  value       = local.log_analytics_workspace_id
}

output "log_analytics_workspace_name" {
  description = "Name of the Log Analytics workspace."
  value       = local.log_analytics_workspace_name
}

output "managed_identity_client_id" {
  description = "Client id of the identity that the job acts as."
  value       = local.identity.client_id
}

output "managed_identity_id" {
  description = "Resource id of the identity that the job acts as."
  value       = local.identity.id
}

output "managed_identity_principal_id" {
  description = "Object id of the identity that the job acts as, for further role assignments."
  value       = local.identity.principal_id
}

output "name" {
  description = "Name of the cron job or deployment."
  value       = module.workload.name
}

output "node_pool_name" {
  description = "Name of the node pool that the job runs on."
  value       = azurerm_kubernetes_cluster_node_pool.job.name
}

output "node_resource_group_name" {
  description = "Resource group that Azure keeps the machines in."
  value       = azurerm_kubernetes_cluster.this.node_resource_group
}

output "oidc_issuer_url" {
  description = "Issuer of the tokens of the cluster's service accounts, for further federated credentials."
  value       = azurerm_kubernetes_cluster.this.oidc_issuer_url
}

output "resource_group_name" {
  description = "Name of the resource group."
  value       = local.resource_group_name
}

output "service_name" {
  description = "Name of what runs the pods: the cron job, or the deployment of workers."
  value       = module.workload.service_name
}
