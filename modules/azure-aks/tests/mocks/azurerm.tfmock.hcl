# Ids in the shape that the provider checks wherever one resource refers to another.

mock_resource "azurerm_disk_encryption_set" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.Compute/diskEncryptionSets/new"
  }
}

mock_resource "azurerm_kubernetes_cluster" {
  override_during = plan
  defaults = {
    id              = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.ContainerService/managedClusters/new"
    fqdn            = "acme.hcp.westeurope.azmk8s.io"
    private_fqdn    = "acme.privatelink.westeurope.azmk8s.io"
    oidc_issuer_url = "https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000009/1/"
    kube_config = [{
      host                   = "https://acme.privatelink.westeurope.azmk8s.io:443"
      cluster_ca_certificate = "UEVN"
    }]
  }
}

mock_resource "azurerm_kubernetes_cluster_node_pool" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.ContainerService/managedClusters/new/agentPools/job"
  }
}

mock_resource "azurerm_log_analytics_workspace" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/new"
  }
}

mock_resource "azurerm_monitor_data_collection_rule" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.Insights/dataCollectionRules/new"
  }
}

mock_resource "azurerm_role_definition" {
  override_during = plan
  defaults = {
    role_definition_resource_id = "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-0000000000aa"
  }
}

mock_resource "azurerm_user_assigned_identity" {
  override_during = plan
  defaults = {
    id           = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/new"
    client_id    = "00000000-0000-0000-0000-00000000000c"
    principal_id = "00000000-0000-0000-0000-00000000000d"
  }
}

mock_data "azurerm_user_assigned_identity" {
  defaults = {
    client_id    = "00000000-0000-0000-0000-00000000001c"
    principal_id = "00000000-0000-0000-0000-00000000001d"
  }
}
