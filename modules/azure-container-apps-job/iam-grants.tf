# What the identity that the module creates may do. An identity from outside is granted nothing.

locals {
  # Known before apply, so they can be keys: "vault/secret" in lower case, as Azure compares them.
  referenced_secrets = toset([
    for reference in values(var.secrets) :
    lower(join("/", try(regex("^https://([^./]+)[^/]*/secrets/([^/]+)", reference), ["", ""])))
  ])
  key_vault_ids = { for name, id in var.key_vault_ids : lower(name) => id }

  secret_scopes = merge(
    # One secret, not its vault: the neighbours in the vault stay closed.
    {
      for secret in local.referenced_secrets :
      secret => "${local.key_vault_ids[split("/", secret)[0]]}/secrets/${split("/", secret)[1]}"
      if contains(keys(local.key_vault_ids), split("/", secret)[0])
    },
    {
      for id in var.readable_secrets :
      lower(join("/", try(regex("(?i)/vaults/([^/]+)/secrets/([^/]+)", id), [id]))) => id
    },
  )

  wanted_grants = merge(
    {
      for secret, scope in local.secret_scopes : "secret:${secret}" => {
        scope              = scope
        role_name          = "Key Vault Secrets User"
        role_definition_id = null
        condition          = null
      }
    },
    {
      for registry in var.container_registry_id[*] : "registry" => {
        scope              = registry
        role_name          = "AcrPull"
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
  )
}

resource "azurerm_role_assignment" "this" {
  for_each = { for key, grant in local.wanted_grants : key => grant if local.creates_identity }

  condition            = each.value.condition
  condition_version    = each.value.condition == null ? null : "2.0"
  description          = "${local.base_name}: ${each.key}"
  principal_id         = local.identity.principal_id
  principal_type       = "ServicePrincipal"
  role_definition_id   = each.value.role_definition_id
  role_definition_name = each.value.role_name
  scope                = each.value.scope

  lifecycle {
    precondition {
      condition     = each.value.condition == null ? true : length(each.value.condition) <= 8192
      error_message = "The prefixes of ${each.key} make a condition of more than 8 KB, and Azure takes no longer one: name fewer or shorter ones."
    }
  }
}
