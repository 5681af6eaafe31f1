# Three identities: one that Azure runs the cluster with, one that its nodes pull images with, and one that
# the job acts as.

locals {
  cluster_identity_id = coalesce(var.cluster_identity, one(azurerm_user_assigned_identity.cluster[*].id))

  nodes_identity = {
    id           = var.nodes_identity == null ? one(azurerm_user_assigned_identity.nodes[*].id) : var.nodes_identity.id
    client_id    = var.nodes_identity == null ? one(azurerm_user_assigned_identity.nodes[*].client_id) : var.nodes_identity.client_id
    principal_id = var.nodes_identity == null ? one(azurerm_user_assigned_identity.nodes[*].principal_id) : var.nodes_identity.principal_id
  }

  creates_identity = var.identity == null

  identity = (
    local.creates_identity
    ? {
      id           = one(azurerm_user_assigned_identity.workload[*].id)
      client_id    = one(azurerm_user_assigned_identity.workload[*].client_id)
      principal_id = one(azurerm_user_assigned_identity.workload[*].principal_id)
    }
    : {
      id           = var.identity
      client_id    = one(data.azurerm_user_assigned_identity.workload[*].client_id)
      principal_id = one(data.azurerm_user_assigned_identity.workload[*].principal_id)
    }
  )
}

resource "azurerm_user_assigned_identity" "cluster" {
  count = var.cluster_identity == null ? 1 : 0

  name                = "${local.base_name}-cluster"
  location            = var.location
  resource_group_name = local.resource_group_name
  tags                = var.tags
}

resource "azurerm_user_assigned_identity" "nodes" {
  count = var.nodes_identity == null ? 1 : 0

  name                = "${local.base_name}-nodes"
  location            = var.location
  resource_group_name = local.resource_group_name
  tags                = var.tags
}

resource "azurerm_user_assigned_identity" "workload" {
  count = local.creates_identity ? 1 : 0

  name                = "${local.base_name}-identity"
  location            = var.location
  resource_group_name = local.resource_group_name
  tags                = var.tags
}

data "azurerm_user_assigned_identity" "workload" {
  count = local.creates_identity ? 0 : 1

  name                = basename(var.identity)
  resource_group_name = split("/", var.identity)[4]
}

# The identity trusts one service account of this cluster, and nobody else: before anything runs as that.
resource "azurerm_federated_identity_credential" "workload" {
  name                      = local.base_name
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = azurerm_kubernetes_cluster.this.oidc_issuer_url
  subject                   = "system:serviceaccount:${local.namespace}:${local.inside_name}"
  user_assigned_identity_id = local.identity.id
}

moved {
  from = azurerm_user_assigned_identity.cluster
  to   = azurerm_user_assigned_identity.cluster[0]
}

moved {
  from = azurerm_user_assigned_identity.nodes
  to   = azurerm_user_assigned_identity.nodes[0]
}
