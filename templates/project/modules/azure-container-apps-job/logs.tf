locals {
  creates_workspace = local.creates_environment && var.log_analytics_workspace_id == null

  # In the provider's own spelling, as in environment.tf.
  existing_workspace_id = (
    var.log_analytics_workspace_id == null
    ? null
    : format(
      "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.OperationalInsights/workspaces/%s",
      regex("(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/.*/([^/]+)$", var.log_analytics_workspace_id)...
    )
  )

  # Null only for an existing environment whose workspace was not named.
  log_analytics_workspace_id = (
    local.creates_workspace
    ? one(azurerm_log_analytics_workspace.this[*].id)
    : local.existing_workspace_id
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
