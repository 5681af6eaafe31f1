# The machines that the job runs on.
#
# Covered: as many as runs need; a fixed number; spot machines; the nodes of the system.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }
}

run "nodes_come_with_runs" {
  command = plan

  assert {
    condition = (
      azurerm_kubernetes_cluster_node_pool.job.auto_scaling_enabled &&
      azurerm_kubernetes_cluster_node_pool.job.min_count == 0 &&
      azurerm_kubernetes_cluster_node_pool.job.max_count == 3 &&
      azurerm_kubernetes_cluster_node_pool.job.mode == "User" &&
      azurerm_kubernetes_cluster_node_pool.job.priority == "Regular" &&
      azurerm_kubernetes_cluster_node_pool.job.vm_size == "Standard_D4s_v5"
    )
    error_message = "Unless asked otherwise there must be 0 to 3 nodes."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.default_node_pool[0].only_critical_addons_enabled &&
      azurerm_kubernetes_cluster.this.default_node_pool[0].node_count == 2
    )
    error_message = "The job must not run on the nodes of the system."
  }
}

run "a_fixed_number_of_nodes" {
  command = plan

  variables {
    memory_mib = 40960
    nodes      = { instance_type = "Standard_E8ds_v5", count = 2, disk_gib = 512 }
    zones      = ["1", "2"]
  }

  assert {
    condition = (
      !azurerm_kubernetes_cluster_node_pool.job.auto_scaling_enabled &&
      azurerm_kubernetes_cluster_node_pool.job.node_count == 2 &&
      azurerm_kubernetes_cluster_node_pool.job.min_count == null &&
      azurerm_kubernetes_cluster_node_pool.job.max_count == null &&
      azurerm_kubernetes_cluster_node_pool.job.os_disk_size_gb == 512 &&
      azurerm_kubernetes_cluster_node_pool.job.vm_size == "Standard_E8ds_v5" &&
      azurerm_kubernetes_cluster_node_pool.job.zones == toset(["1", "2"]) &&
      azurerm_kubernetes_cluster.this.default_node_pool[0].zones == toset(["1", "2"])
    )
    error_message = "With a count there must be no autoscaler."
  }
}

run "spot_machines_are_marked_as_azure_marks_them" {
  command = plan

  variables {
    kubernetes_labels = { cost-center = "FIN-001" }
    nodes             = { autoscaling = { min = 1, max = 5 }, spot = true }
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster_node_pool.job.priority == "Spot" &&
      azurerm_kubernetes_cluster_node_pool.job.eviction_policy == "Delete" &&
      azurerm_kubernetes_cluster_node_pool.job.spot_max_price == -1 &&
      azurerm_kubernetes_cluster_node_pool.job.node_taints == tolist(["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]) &&
      azurerm_kubernetes_cluster_node_pool.job.node_labels == tomap({ cost-center = "FIN-001", "kubernetes.azure.com/scalesetpriority" = "spot" }) &&
      length(azurerm_kubernetes_cluster_node_pool.job.upgrade_settings) == 0
    )
    error_message = "Label and taint must be those that Azure adds, and there must be no surge."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster_node_pool.job.min_count == 1 &&
      azurerm_kubernetes_cluster_node_pool.job.max_count == 5
    )
    error_message = "The bounds must be those asked for."
  }
}
