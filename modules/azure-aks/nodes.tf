# The machines that the job runs on. Without a run there need not be any.

locals {
  autoscaling = var.nodes.count != null ? null : coalesce(var.nodes.autoscaling, { min = 0, max = 3 })

  # What AKS gives such nodes by itself, so that Terraform does not take it away again.
  spot_label = { "kubernetes.azure.com/scalesetpriority" = "spot" }
  spot_taint = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"
}

resource "azurerm_kubernetes_cluster_node_pool" "job" {
  name                        = local.job_pool
  auto_scaling_enabled        = local.autoscaling != null
  eviction_policy             = var.nodes.spot ? "Delete" : null
  host_encryption_enabled     = var.host_encryption_enabled
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.this.id
  max_count                   = try(local.autoscaling.max, null)
  max_pods                    = 110
  min_count                   = try(local.autoscaling.min, null)
  mode                        = "User"
  node_count                  = var.nodes.count
  node_labels                 = merge(var.kubernetes_labels, var.nodes.spot ? local.spot_label : {})
  node_public_ip_enabled      = false
  node_taints                 = var.nodes.spot ? [local.spot_taint] : []
  orchestrator_version        = var.release
  os_disk_size_gb             = var.nodes.disk_gib
  os_disk_type                = "Managed"
  os_type                     = "Linux"
  priority                    = var.nodes.spot ? "Spot" : "Regular"
  spot_max_price              = var.nodes.spot ? -1 : null
  tags                        = var.tags
  temporary_name_for_rotation = "jobtmp"
  vm_size                     = var.nodes.instance_type
  vnet_subnet_id              = local.subnet_id
  zones                       = length(var.zones) == 0 ? null : var.zones

  # Azure refuses a surge on spot machines, and elsewhere writes down its own default.
  dynamic "upgrade_settings" {
    for_each = var.nodes.spot ? [] : ["10%"]

    content {
      max_surge = upgrade_settings.value
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }
}
