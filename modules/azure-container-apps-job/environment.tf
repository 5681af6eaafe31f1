locals {
  creates_environment = var.container_app_environment_id == null

  # Azure compares ids without regard to case and hands them out in several spellings. The provider takes one.
  existing_environment_id = (
    local.creates_environment
    ? null
    : format(
      "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.App/managedEnvironments/%s",
      regex("(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/.*/([^/]+)$", var.container_app_environment_id)...
    )
  )
  subnet_id = (
    var.network.subnet_id == null
    ? null
    : format(
      "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s/subnets/%s",
      regex("(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/.*/virtualNetworks/([^/]+)/subnets/([^/]+)$", var.network.subnet_id)...
    )
  )

  container_app_environment_id = (
    local.creates_environment
    ? one(azurerm_container_app_environment.this[*].id)
    : local.existing_environment_id
  )
  container_app_environment_name = (
    local.creates_environment
    ? one(azurerm_container_app_environment.this[*].name)
    : basename(var.container_app_environment_id)
  )
}

resource "azurerm_container_app_environment" "this" {
  count = local.creates_environment ? 1 : 0

  name = "${local.base_name}-env"
  # Azure makes a group of its own beside an environment in a subnet. Unnamed, it appears in the next
  # plan as a change that replaces the environment (azurerm issue 31839).
  infrastructure_resource_group_name = local.subnet_id == null ? null : "${local.base_name}-env-infra"
  infrastructure_subnet_id           = local.subnet_id
  # An internal load balancer needs a subnet to stand in.
  internal_load_balancer_enabled = local.subnet_id == null ? null : var.network.private
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

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }
}
