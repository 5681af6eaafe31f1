output "airflow_container_apps_config" {
  description = "What Airflow starts an execution of the job with, by jobs.begin_start of azure-mgmt-appcontainers; null for a worker."
  value = one([
    for job in azurerm_container_app_job.this : {
      subscription_id     = split("/", job.id)[2]
      resource_group_name = local.resource_group_name
      job_name            = job.name
    }
  ])
}

output "all_tags" {
  description = "The tags that every taggable resource bears."
  value       = var.tags
}

output "cluster_name" {
  description = "Name of the Container Apps environment."
  value       = local.container_app_environment_name
}

output "container_app_environment_id" {
  description = "Resource id of the Container Apps environment."
  value       = local.container_app_environment_id
}

output "container_app_environment_name" {
  description = "The same as cluster_name."
  value       = local.container_app_environment_name
}

output "container_app_fqdn" {
  description = "Always null: neither a job nor a worker has ingress."
  value       = null
}

output "container_app_id" {
  description = "Resource id of the worker's container app, null for a job."
  value       = one(azurerm_container_app.this[*].id)
}

output "container_app_job_id" {
  description = "Resource id of the job, null for a worker."
  value       = one(azurerm_container_app_job.this[*].id)
}

output "container_app_job_name" {
  description = "Name of the job, null for a worker."
  value       = one(azurerm_container_app_job.this[*].name)
}

output "container_app_name" {
  description = "Name of the worker's container app, null for a job."
  value       = one(azurerm_container_app.this[*].name)
}

output "dagster_container_apps_config" {
  description = "What Dagster starts an execution of the job with, by jobs.begin_start of azure-mgmt-appcontainers; null for a worker."
  value = one([
    for job in azurerm_container_app_job.this : {
      subscription_id     = split("/", job.id)[2]
      resource_group_name = local.resource_group_name
      job_name            = job.name
    }
  ])
}

output "endpoint_url" {
  description = "Address of Azure Resource Manager that starts a run (POST, with a bearer token), null for a worker."
  value       = one([for id in azurerm_container_app_job.this[*].id : "https://management.azure.com${id}/start?api-version=2024-03-01"])
}

output "id" {
  description = "Resource id of the job or of the worker's container app."
  value       = local.is_worker ? one(azurerm_container_app.this[*].id) : one(azurerm_container_app_job.this[*].id)
}

output "invoke_command" {
  description = "Command of the Azure CLI that starts a run, null for a worker."
  value = one([
    for job in azurerm_container_app_job.this :
    "az containerapp job start --subscription ${split("/", job.id)[2]} --resource-group ${local.resource_group_name} --name ${job.name}"
  ])
}

output "log_analytics_workspace_id" {
  description = "Resource id of the Log Analytics workspace, null for an existing environment whose workspace was not named."
  value       = local.log_analytics_workspace_id
}

output "log_analytics_workspace_name" {
  description = "Name of the Log Analytics workspace, null for an existing environment whose workspace was not named."
  value       = local.log_analytics_workspace_name
}

output "managed_identity_client_id" {
  description = "Client id of the identity that the container runs as."
  value       = local.identity.client_id
}

output "managed_identity_id" {
  description = "Resource id of the identity that the container runs as."
  value       = local.identity.id
}

output "managed_identity_principal_id" {
  description = "Object id of the identity that the container runs as, for further role assignments."
  value       = local.identity.principal_id
}

output "name" {
  description = "The same as service_name."
  value       = local.is_worker ? one(azurerm_container_app.this[*].name) : one(azurerm_container_app_job.this[*].name)
}

output "resource_group_name" {
  description = "Name of the resource group."
  value       = local.resource_group_name
}

output "service_name" {
  description = "Name of the job or of the worker's container app."
  value       = local.is_worker ? one(azurerm_container_app.this[*].name) : one(azurerm_container_app_job.this[*].name)
}
