# Whoever may delete the cluster in the portal does not do so by accident; Terraform takes the lock away before the cluster.
resource "azurerm_management_lock" "cluster" {
  count = var.lock ? 1 : 0

  name       = "${local.base_name}-lock"
  lock_level = "CanNotDelete"
  notes      = "The cluster of ${local.base_name}, made by Terraform."
  scope      = azurerm_kubernetes_cluster.this.id

  # A lock keeps what belongs to the cluster, too: it comes last and goes first.
  depends_on = [
    azurerm_kubernetes_cluster_node_pool.job,
    azurerm_monitor_data_collection_rule_association.this,
    azurerm_monitor_diagnostic_setting.cluster,
  ]
}
