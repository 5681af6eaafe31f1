locals {
  creates_environment = var.container_app_environment_id == null
  creates_workspace   = local.creates_environment && var.log_analytics_workspace_id == null

  container_app_environment_id = (
    local.creates_environment
    ? one(azurerm_container_app_environment.this[*].id)
    : var.container_app_environment_id
  )
  container_app_environment_name = (
    local.creates_environment
    ? one(azurerm_container_app_environment.this[*].name)
    : basename(var.container_app_environment_id)
  )

  # Null only for an existing environment whose workspace was not named.
  log_analytics_workspace_id = (
    local.creates_workspace
    ? one(azurerm_log_analytics_workspace.this[*].id)
    : var.log_analytics_workspace_id
  )
  log_analytics_workspace_name = (
    local.creates_workspace
    ? one(azurerm_log_analytics_workspace.this[*].name)
    : try(basename(var.log_analytics_workspace_id), null)
  )
}

resource "azurerm_log_analytics_workspace" "this" {
  count = local.creates_workspace ? 1 : 0

  name                = "${local.base_name}-logs"
  location            = var.location
  resource_group_name = local.resource_group_name
  retention_in_days   = var.log_retention_days
  sku                 = "PerGB2018"
  tags                = var.tags
}

resource "azurerm_container_app_environment" "this" {
  count = local.creates_environment ? 1 : 0

  name = "${local.base_name}-env"
  # Azure makes a group of its own beside an environment in a subnet. Unnamed, it appears in the next
  # plan as a change that replaces the environment (azurerm issue 31839).
  infrastructure_resource_group_name = var.network.subnet_id == null ? null : "${local.base_name}-env-infra"
  infrastructure_subnet_id           = var.network.subnet_id
  # An internal load balancer needs a subnet to stand in.
  internal_load_balancer_enabled = var.network.subnet_id == null ? null : var.network.private
  location                       = var.location
  log_analytics_workspace_id     = local.log_analytics_workspace_id
  logs_destination               = "log-analytics"
  public_network_access          = var.network.private ? "Disabled" : "Enabled"
  resource_group_name            = local.resource_group_name
  tags                           = var.tags

  # With a profile the environment takes up to 4 vCPU a container; without one it is the legacy kind with 2.
  workload_profile {
    name                  = "Consumption"
    workload_profile_type = "Consumption"
  }
}
