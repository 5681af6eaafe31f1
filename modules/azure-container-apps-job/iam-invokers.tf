# Who may start runs. Additive: what others granted on the job stays.
resource "azurerm_role_assignment" "invokers" {
  for_each = var.invokers

  description          = "${each.key} starts ${local.base_name}"
  principal_id         = each.value
  role_definition_name = "Container Apps Jobs Operator"
  scope                = one(azurerm_container_app_job.this[*].id)
}
