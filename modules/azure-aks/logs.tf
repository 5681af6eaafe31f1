locals {
  creates_workspace = var.log_analytics_workspace_id == null

  log_analytics_workspace_id = (
    local.creates_workspace
    ? one(azurerm_log_analytics_workspace.this[*].id)
    : local.workspace_id
  )
  log_analytics_workspace_name = (
    local.creates_workspace
    ? one(azurerm_log_analytics_workspace.this[*].name)
    : basename(local.workspace_id)
  )

  # What the agent on the nodes sends: the lines that containers write, and what becomes of pods, jobs and
  # nodes, which the alerts look at.
  streams = [
    "Microsoft-ContainerLogV2",
    "Microsoft-KubeEvents",
    "Microsoft-KubeNodeInventory",
    "Microsoft-KubePodInventory",
  ]

  # What the control plane tells: who changed what (kube-audit-admin), who was let in (guard), and why nodes
  # come and go.
  control_plane_logs = [
    "cluster-autoscaler",
    "guard",
    "kube-apiserver",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
  ]
}

resource "azurerm_log_analytics_workspace" "this" {
  count = local.creates_workspace ? 1 : 0

  name = "${local.base_name}-logs"
  # The agent and the control plane sign in with identities, never with the workspace's key.
  local_authentication_enabled = false
  location                     = var.location
  resource_group_name          = local.resource_group_name
  retention_in_days            = var.log_retention_days
  sku                          = "PerGB2018"
  tags                         = var.tags
}

resource "azurerm_monitor_data_collection_rule" "this" {
  name                = "${local.base_name}-logs"
  description         = "What Container Insights keeps of ${local.base_name}."
  kind                = "Linux"
  location            = var.location
  resource_group_name = local.resource_group_name
  tags                = var.tags

  data_flow {
    destinations = ["workspace"]
    streams      = local.streams
  }

  data_sources {
    extension {
      name           = "ContainerInsightsExtension"
      extension_name = "ContainerInsights"
      streams        = local.streams

      extension_json = jsonencode({
        dataCollectionSettings = {
          enableContainerLogV2   = true
          interval               = "1m"
          namespaceFilteringMode = "Off"
        }
      })
    }
  }

  destinations {
    log_analytics {
      name                  = "workspace"
      workspace_resource_id = local.log_analytics_workspace_id
    }
  }
}

resource "azurerm_monitor_data_collection_rule_association" "this" {
  # The agent looks for a rule under this name.
  name                    = "ContainerInsightsExtension"
  data_collection_rule_id = azurerm_monitor_data_collection_rule.this.id
  description             = "What Container Insights keeps of ${local.base_name}."
  target_resource_id      = azurerm_kubernetes_cluster.this.id
}

resource "azurerm_monitor_diagnostic_setting" "cluster" {
  name                           = "${local.base_name}-control-plane"
  log_analytics_destination_type = "Dedicated"
  log_analytics_workspace_id     = local.log_analytics_workspace_id
  target_resource_id             = azurerm_kubernetes_cluster.this.id

  dynamic "enabled_log" {
    for_each = local.control_plane_logs

    content {
      category = enabled_log.value
    }
  }
}
