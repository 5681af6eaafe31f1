locals {
  resource_group_name = coalesce(one(azurerm_resource_group.this[*].name), var.resource_group_name)

  # AKS makes the zone of the API server's name in the group of its nodes unless there is one to share.
  private_dns_zone_id = var.network.private ? coalesce(local.zone_id, "System") : null
}

resource "azurerm_resource_group" "this" {
  count = var.create_resource_group ? 1 : 0

  name     = var.resource_group_name
  location = var.location
  tags     = var.tags
}

resource "azurerm_kubernetes_cluster" "this" {
  # checkov:skip=CKV_AZURE_115:Private unless network.private is false, and then open to authorized_ip_ranges alone, which must be given.
  # checkov:skip=CKV_AZURE_226:A disk on the host needs a machine with one that is large enough. Managed disks are encrypted on the host as well.
  name = local.base_name
  # With a version of one's own only its patches come by themselves, otherwise the next versions as well.
  automatic_upgrade_channel           = var.release == null ? "stable" : "patch"
  azure_policy_enabled                = true
  cost_analysis_enabled               = var.sku_tier != "Free"
  disk_encryption_set_id              = one(azurerm_disk_encryption_set.this[*].id)
  dns_prefix                          = local.base_name
  image_cleaner_enabled               = true
  image_cleaner_interval_hours        = 168
  kubernetes_version                  = var.release
  local_account_disabled              = true
  location                            = var.location
  node_os_upgrade_channel             = "NodeImage"
  node_resource_group                 = "${local.base_name}-nodes"
  oidc_issuer_enabled                 = true
  private_cluster_enabled             = var.network.private
  private_cluster_public_fqdn_enabled = false
  private_dns_zone_id                 = local.private_dns_zone_id
  resource_group_name                 = local.resource_group_name
  role_based_access_control_enabled   = true
  run_command_enabled                 = false
  sku_tier                            = var.sku_tier
  support_plan                        = var.support_plan
  tags                                = local.cluster_tags
  workload_identity_enabled           = true

  dynamic "api_server_access_profile" {
    for_each = var.network.private ? [] : [var.authorized_ip_ranges]

    content {
      authorized_ip_ranges = api_server_access_profile.value
    }
  }

  azure_active_directory_role_based_access_control {
    admin_group_object_ids = sort(var.admin_group_object_ids)
    azure_rbac_enabled     = true
  }

  # What keeps the cluster going, and nothing else.
  default_node_pool {
    name                         = local.system_pool
    host_encryption_enabled      = var.host_encryption_enabled
    max_pods                     = 110
    node_count                   = var.system_nodes.count
    node_labels                  = var.kubernetes_labels
    node_public_ip_enabled       = false
    only_critical_addons_enabled = true
    orchestrator_version         = var.release
    os_disk_size_gb              = 128
    os_disk_type                 = "Managed"
    tags                         = var.tags
    temporary_name_for_rotation  = "systemtmp"
    vm_size                      = var.system_nodes.instance_type
    vnet_subnet_id               = local.subnet_id
    zones                        = length(var.zones) == 0 ? null : var.zones

    # Azure's own default, which would otherwise appear in every plan as a change.
    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [local.cluster_identity_id]
  }

  # The CSI driver for Key Vault: what a SecretProviderClass names is mounted, and follows the vault.
  key_vault_secrets_provider {
    secret_rotation_enabled  = true
    secret_rotation_interval = "2m"
  }

  kubelet_identity {
    client_id                 = local.nodes_identity.client_id
    object_id                 = local.nodes_identity.principal_id
    user_assigned_identity_id = local.nodes_identity.id
  }

  maintenance_window_auto_upgrade {
    day_of_week = var.maintenance_window.day
    duration    = var.maintenance_window.duration_hours
    frequency   = "Weekly"
    interval    = 1
    start_time  = var.maintenance_window.start_time
    utc_offset  = "+00:00"
  }

  maintenance_window_node_os {
    day_of_week = var.maintenance_window.day
    duration    = var.maintenance_window.duration_hours
    frequency   = "Weekly"
    interval    = 1
    start_time  = var.maintenance_window.start_time
    utc_offset  = "+00:00"
  }

  # Cilium enforces network policies; pods have addresses of their own, not of the subnet.
  network_profile {
    dns_service_ip      = cidrhost(var.service_cidr, 10)
    load_balancer_sku   = "standard"
    network_data_plane  = "cilium"
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
    outbound_type       = var.outbound_type
    pod_cidr            = var.pod_cidr
    service_cidr        = var.service_cidr
  }

  # Nodes come from the pools here, which carry the tags, and from nowhere else.
  node_provisioning_profile {
    mode = "Manual"
  }

  oms_agent {
    log_analytics_workspace_id      = local.log_analytics_workspace_id
    msi_auth_for_monitoring_enabled = true
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  # Azure uses the roles while it makes the cluster, and while it takes it away.
  depends_on = [
    azurerm_role_assignment.cluster,
    azurerm_role_assignment.disks,
    azurerm_role_assignment.volumes,
  ]
}
