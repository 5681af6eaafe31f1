# What the identities may do.

locals {
  secret_scopes = {
    for id in var.readable_secrets :
    lower(join("/", try(regex("(?i)/vaults/([^/]+)/secrets/([^/]+)", id), [id]))) => id
  }

  # An identity from outside is granted nothing.
  workload_grants = local.creates_identity ? merge(
    {
      for secret, scope in local.secret_scopes : "secret:${secret}" => {
        scope              = scope
        role_name          = "Key Vault Secrets User"
        role_definition_id = null
        condition          = null
      }
    },
    {
      for name, id in var.key_vault_ids : "vault:${lower(name)}" => {
        scope              = id
        role_name          = "Key Vault Secrets User"
        role_definition_id = null
        condition          = null
      }
    },
    {
      for key in var.kms_key_id[*] : "key" => {
        scope              = key
        role_name          = "Key Vault Crypto User"
        role_definition_id = null
        condition          = null
      }
    },
    {
      for name, container in local.storage_containers : "storage:${name}" => {
        scope              = container.id
        role_name          = null
        role_definition_id = local.storage_role_definition_id
        condition          = container.condition
      }
    },
    local.access_grants,
  ) : {}

  # An identity from outside has its rights already. AKS links the zone of a private API server to the network, which is
  # joining the network and not just one of its subnets
  # (learn.microsoft.com/azure/aks/private-clusters#hub-and-spoke-with-custom-dns-for-private-aks-clusters).
  cluster_grants = var.cluster_identity != null ? {} : merge(
    {
      nodes = {
        scope     = local.nodes_identity.id
        role_name = "Managed Identity Operator"
      }
      network = {
        scope     = var.network.private ? local.network_id : local.subnet_id
        role_name = "Network Contributor"
      }
    },
    {
      for zone in local.zone_id[*] : "zone" => {
        scope     = zone
        role_name = "Private DNS Zone Contributor"
      }
    },
  )
}

resource "azurerm_role_assignment" "cluster" {
  for_each = local.cluster_grants

  description          = "${local.base_name}: ${each.key} of the cluster"
  principal_id         = azurerm_user_assigned_identity.cluster[0].principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = each.value.role_name
  scope                = each.value.scope
}

# The nodes pull the image, whatever the job acts as.
resource "azurerm_role_assignment" "registry" {
  count = var.container_registry_id == null || var.nodes_identity != null ? 0 : 1

  description          = "${local.base_name}: images for the nodes"
  principal_id         = local.nodes_identity.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = "AcrPull"
  scope                = var.container_registry_id
}

resource "azurerm_role_assignment" "workload" {
  for_each = local.workload_grants

  condition            = each.value.condition
  condition_version    = each.value.condition == null ? null : "2.0"
  description          = "${local.base_name}: ${each.key}"
  principal_id         = local.identity.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_id   = each.value.role_definition_id
  role_definition_name = each.value.role_name
  scope                = each.value.scope
}
