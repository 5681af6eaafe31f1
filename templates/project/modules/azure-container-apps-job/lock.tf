locals {
  locked = merge(
    local.creates_environment ? { environment = local.container_app_environment_id } : {},
    local.creates_identity ? { identity = local.identity.id } : {},
    local.creates_workspace ? { workspace = local.log_analytics_workspace_id } : {},
    { job = local.is_worker ? one(azurerm_container_app.this[*].id) : one(azurerm_container_app_job.this[*].id) },
  )
}

resource "azurerm_management_lock" "this" {
  for_each = { for key, id in local.locked : key => id if var.lock }

  name       = "${local.base_name}-${each.key}"
  lock_level = "CanNotDelete"
  notes      = "Made with ${local.base_name}, and deleted with it by Terraform only."
  scope      = each.value
}
