# The cluster.
#
# Covered: closed by default; public only for addresses that are named; a zone and routes of one's own;
# identities; upgrades with and without a version; disks under a key; tags and labels everywhere; what a
# root's provider needs.

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

  vault_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/Acme-Vault"
  zone_id  = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
}

run "a_cluster_is_closed_by_default" {
  command = plan

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.private_cluster_enabled &&
      !azurerm_kubernetes_cluster.this.private_cluster_public_fqdn_enabled &&
      azurerm_kubernetes_cluster.this.private_dns_zone_id == "System" &&
      length(azurerm_kubernetes_cluster.this.api_server_access_profile) == 0
    )
    error_message = "The API server must have a private address and a private name."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.local_account_disabled &&
      azurerm_kubernetes_cluster.this.role_based_access_control_enabled &&
      azurerm_kubernetes_cluster.this.azure_active_directory_role_based_access_control[0].azure_rbac_enabled &&
      !azurerm_kubernetes_cluster.this.run_command_enabled
    )
    error_message = "Nobody may come in but by Entra and Azure's roles."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.oidc_issuer_enabled &&
      azurerm_kubernetes_cluster.this.workload_identity_enabled &&
      azurerm_kubernetes_cluster.this.key_vault_secrets_provider[0].secret_rotation_enabled
    )
    error_message = "Workload identity and the driver for Key Vault must be there."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.network_profile[0].network_plugin_mode == "overlay" &&
      azurerm_kubernetes_cluster.this.network_profile[0].network_policy == "cilium" &&
      azurerm_kubernetes_cluster.this.network_profile[0].network_data_plane == "cilium" &&
      azurerm_kubernetes_cluster.this.network_profile[0].dns_service_ip == "172.20.0.10"
    )
    error_message = "Network policies must be enforced, by Cilium on an overlay network."
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.default_node_pool[0].host_encryption_enabled &&
      azurerm_kubernetes_cluster_node_pool.job.host_encryption_enabled &&
      !azurerm_kubernetes_cluster.this.default_node_pool[0].node_public_ip_enabled &&
      !azurerm_kubernetes_cluster_node_pool.job.node_public_ip_enabled
    )
    error_message = "Nodes must be encrypted on their hosts and have no public address."
  }

  assert {
    condition     = length(azurerm_disk_encryption_set.this) == 0 && azurerm_kubernetes_cluster.this.disk_encryption_set_id == null
    error_message = "Without a key the disks must be encrypted under Azure's."
  }
}

run "a_root_learns_how_to_reach_it" {
  command = plan

  assert {
    condition = (
      output.kubernetes_host == "https://acme.privatelink.westeurope.azmk8s.io:443" &&
      output.kubernetes_ca_certificate == "PEM" &&
      output.aks_cluster_fqdn == "acme.privatelink.westeurope.azmk8s.io"
    )
    error_message = "Address and certificate must be those of the cluster, the certificate decoded."
  }
}

run "a_public_cluster_is_open_to_the_addresses_named" {
  command = plan

  variables {
    authorized_ip_ranges = ["198.51.100.0/24"]
    network              = { subnet_id = var.network.subnet_id, private = false }
  }

  assert {
    condition = (
      !azurerm_kubernetes_cluster.this.private_cluster_enabled &&
      azurerm_kubernetes_cluster.this.api_server_access_profile[0].authorized_ip_ranges == toset(["198.51.100.0/24"]) &&
      output.aks_cluster_fqdn == "acme.hcp.westeurope.azmk8s.io"
    )
    error_message = "A public API server must be open to the addresses named, and to no others."
  }

  assert {
    condition     = azurerm_role_assignment.cluster["network"].scope == var.network.subnet_id
    error_message = "Without a zone the cluster's identity must get Network Contributor on the subnet, not on the network."
  }
}

run "the_identity_of_the_cluster_joins_its_network_and_gives_nodes_theirs" {
  command = plan

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.identity[0].type == "UserAssigned" &&
      azurerm_kubernetes_cluster.this.identity[0].identity_ids == toset([azurerm_user_assigned_identity.cluster[0].id]) &&
      keys(azurerm_role_assignment.cluster) == ["network", "nodes"] &&
      azurerm_role_assignment.cluster["network"].scope == trimsuffix(var.network.subnet_id, "/subnets/jobs") &&
      azurerm_role_assignment.cluster["network"].role_definition_name == "Network Contributor"
    )
    error_message = "The cluster's identity must be able to link the zone that AKS makes to the network."
  }

  assert {
    condition = (
      azurerm_role_assignment.cluster["nodes"].scope == azurerm_user_assigned_identity.nodes[0].id &&
      azurerm_role_assignment.cluster["nodes"].role_definition_name == "Managed Identity Operator" &&
      azurerm_kubernetes_cluster.this.kubelet_identity[0].user_assigned_identity_id == azurerm_user_assigned_identity.nodes[0].id
    )
    error_message = "The cluster must be able to give its nodes their identity."
  }
}

run "a_zone_of_ones_own_is_linked_to_the_network" {
  command = plan

  variables {
    outbound_type       = "userDefinedRouting"
    private_dns_zone_id = var.zone_id
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.private_dns_zone_id == var.zone_id &&
      azurerm_role_assignment.cluster["zone"].scope == var.zone_id &&
      azurerm_role_assignment.cluster["zone"].role_definition_name == "Private DNS Zone Contributor" &&
      azurerm_role_assignment.cluster["network"].scope == trimsuffix(var.network.subnet_id, "/subnets/jobs")
    )
    error_message = "The cluster's identity must be able to link the zone to the network."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.network_profile[0].outbound_type == "userDefinedRouting"
    error_message = "Traffic must leave the way that was asked for."
  }
}

run "versions_follow_azure_unless_one_is_named" {
  command = plan

  variables {
    maintenance_window = { day = "Friday", start_time = "09:30", duration_hours = 5 }
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.automatic_upgrade_channel == "stable" &&
      azurerm_kubernetes_cluster.this.node_os_upgrade_channel == "NodeImage" &&
      azurerm_kubernetes_cluster.this.maintenance_window_auto_upgrade[0].day_of_week == "Friday" &&
      azurerm_kubernetes_cluster.this.maintenance_window_node_os[0].start_time == "09:30" &&
      azurerm_kubernetes_cluster.this.maintenance_window_node_os[0].duration == 5
    )
    error_message = "Upgrades must come by themselves, in the window."
  }
}

run "a_version_of_ones_own_gets_its_patches" {
  command = plan

  variables {
    release = "1.35"
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.automatic_upgrade_channel == "patch" &&
      azurerm_kubernetes_cluster.this.kubernetes_version == "1.35" &&
      azurerm_kubernetes_cluster.this.default_node_pool[0].orchestrator_version == "1.35" &&
      azurerm_kubernetes_cluster_node_pool.job.orchestrator_version == "1.35"
    )
    error_message = "Cluster and nodes must be of the version named, with its patches."
  }
}

run "disks_are_under_the_key" {
  command = plan

  variables {
    kms_key_id = "${var.vault_id}/keys/Customer-Data"
  }

  assert {
    condition = (
      azurerm_disk_encryption_set.this[0].key_vault_key_id == "https://acme-vault.vault.azure.net/keys/Customer-Data" &&
      azurerm_disk_encryption_set.this[0].auto_key_rotation_enabled &&
      azurerm_kubernetes_cluster.this.disk_encryption_set_id == azurerm_disk_encryption_set.this[0].id
    )
    error_message = "The disks must be under the key, and follow its rotation."
  }

  assert {
    condition = (
      azurerm_role_assignment.disks[0].scope == "${var.vault_id}/keys/Customer-Data" &&
      azurerm_role_assignment.disks[0].role_definition_name == "Key Vault Crypto Service Encryption User" &&
      azurerm_role_assignment.volumes[0].scope == azurerm_disk_encryption_set.this[0].id &&
      azurerm_role_assignment.volumes[0].role_definition_name == "Reader"
    )
    error_message = "The set must be able to use the key, and the cluster to look the set up."
  }
}

run "tags_and_labels_are_everywhere" {
  command = plan

  variables {
    alerts                = { error_lines = 5, run_seconds = 600 }
    create_resource_group = true
    kms_key_id            = "${var.vault_id}/keys/k"
    kubernetes_labels     = { cost-center = "FIN-001" }
    tags                  = { CostCenter = "FIN-001" }
  }

  assert {
    condition = alltrue([
      for tags in concat(
        [
          azurerm_kubernetes_cluster.this.tags,
          azurerm_kubernetes_cluster.this.default_node_pool[0].tags,
          azurerm_kubernetes_cluster_node_pool.job.tags,
          azurerm_monitor_data_collection_rule.this.tags,
          azurerm_user_assigned_identity.cluster[0].tags,
          azurerm_user_assigned_identity.nodes[0].tags,
        ],
        azurerm_disk_encryption_set.this[*].tags,
        azurerm_log_analytics_workspace.this[*].tags,
        azurerm_resource_group.this[*].tags,
        azurerm_user_assigned_identity.workload[*].tags,
        [for alert in azurerm_monitor_scheduled_query_rules_alert_v2.this : alert.tags],
      ) : tags == tomap({ CostCenter = "FIN-001" })
    ])
    error_message = "Every resource that takes tags must have them, pools of nodes included."
  }

  assert {
    condition = alltrue([
      for labels in [
        azurerm_kubernetes_cluster.this.default_node_pool[0].node_labels,
        azurerm_kubernetes_cluster_node_pool.job.node_labels,
      ] : labels == tomap({ cost-center = "FIN-001" })
    ])
    error_message = "Nodes must have the labels."
  }

  assert {
    condition     = output.all_tags == tomap({ CostCenter = "FIN-001" }) && output.all_labels["cost-center"] == "FIN-001"
    error_message = "Tags and labels must be told."
  }
}
