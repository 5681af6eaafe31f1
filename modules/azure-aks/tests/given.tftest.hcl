# What others made.
#
# Covered: identities of cluster and nodes with rights of their own; ids in lower case; a lock; a plan of support; how
# long Terraform waits.

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

run "identities_from_outside_are_granted_nothing" {
  command = plan

  variables {
    cluster_identity      = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/cluster"
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/acme"
    image                 = "acme.azurecr.io/etl:1.4.0"
    kms_key_id            = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme-vault/keys/data"
    nodes_identity = {
      id           = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes"
      client_id    = "00000000-0000-0000-0000-0000000000c1"
      principal_id = "00000000-0000-0000-0000-0000000000d1"
    }
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.identity[0].identity_ids == toset([var.cluster_identity]) &&
      azurerm_kubernetes_cluster.this.kubelet_identity[0].user_assigned_identity_id == var.nodes_identity.id &&
      azurerm_kubernetes_cluster.this.kubelet_identity[0].client_id == var.nodes_identity.client_id &&
      azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id == var.nodes_identity.principal_id
    )
    error_message = "The cluster and its nodes must act as the identities given."
  }

  assert {
    condition     = length(azurerm_user_assigned_identity.cluster) + length(azurerm_user_assigned_identity.nodes) + length(azurerm_role_assignment.cluster) + length(azurerm_role_assignment.registry) + length(azurerm_role_assignment.volumes) == 0
    error_message = "Nothing may be made for or granted to identities from outside."
  }
}

run "ids_in_lower_case" {
  command = plan

  variables {
    network                    = { subnet_id = lower("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs") }
    private_dns_zone_id        = lower("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io")
    log_analytics_workspace_id = lower("/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/shared")
  }

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.default_node_pool[0].vnet_subnet_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs" &&
      azurerm_kubernetes_cluster.this.private_dns_zone_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io" &&
      azurerm_kubernetes_cluster.this.oms_agent[0].log_analytics_workspace_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/shared" &&
      azurerm_role_assignment.cluster["network"].scope == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme"
    )
    error_message = "Ids must be written as the provider takes them."
  }
}

run "a_lock_keeps_the_cluster" {
  command = plan

  variables {
    lock = true
  }

  assert {
    condition     = azurerm_management_lock.cluster[0].lock_level == "CanNotDelete" && azurerm_management_lock.cluster[0].scope == azurerm_kubernetes_cluster.this.id
    error_message = "The lock must keep the cluster from being deleted."
  }
}

run "nothing_is_locked_unless_told" {
  command = plan

  assert {
    condition     = length(azurerm_management_lock.cluster) == 0 && azurerm_kubernetes_cluster.this.support_plan == "KubernetesOfficial" && azurerm_kubernetes_cluster.this.timeouts.create == "90m"
    error_message = "By default a plain destroy must succeed."
  }
}

run "support_for_longer" {
  command = plan

  variables {
    release      = "1.35"
    sku_tier     = "Premium"
    support_plan = "AKSLongTermSupport"
    timeouts     = { update = "3h" }
  }

  assert {
    condition     = azurerm_kubernetes_cluster.this.support_plan == "AKSLongTermSupport" && azurerm_kubernetes_cluster.this.timeouts.update == "3h" && azurerm_kubernetes_cluster_node_pool.job.timeouts.update == "3h"
    error_message = "The plan of support and the times must reach the cluster."
  }
}

run "support_for_longer_costs_the_tier" {
  command = plan

  variables {
    release      = "1.35"
    support_plan = "AKSLongTermSupport"
  }

  expect_failures = [var.support_plan]
}

run "support_for_longer_is_of_a_release" {
  command = plan

  variables {
    sku_tier     = "Premium"
    support_plan = "AKSLongTermSupport"
  }

  expect_failures = [var.support_plan]
}

run "a_plan_of_support_that_is_none" {
  command = plan

  variables {
    support_plan = "Forever"
  }

  expect_failures = [var.support_plan]
}

run "an_identity_of_the_cluster_that_is_none" {
  command = plan

  variables {
    cluster_identity = "cluster"
  }

  expect_failures = [var.cluster_identity]
}

run "an_identity_of_the_nodes_that_is_none" {
  command = plan

  variables {
    nodes_identity = { id = "nodes", client_id = "00000000-0000-0000-0000-0000000000c1", principal_id = "00000000-0000-0000-0000-0000000000d1" }
  }

  expect_failures = [var.nodes_identity]
}

run "an_identity_of_the_nodes_without_its_client" {
  command = plan

  variables {
    nodes_identity = { id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes", client_id = "nodes", principal_id = "00000000-0000-0000-0000-0000000000d1" }
  }

  expect_failures = [var.nodes_identity]
}

run "a_time_without_a_unit" {
  command = plan

  variables {
    timeouts = { create = "90" }
  }

  expect_failures = [var.timeouts]
}
