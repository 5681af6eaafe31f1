locals {
  creates_identity = var.identity == null

  # In the provider's own spelling, as in environment.tf.
  existing_identity_id = (
    local.creates_identity
    ? null
    : format(
      "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s",
      regex("(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/.*/([^/]+)$", var.identity)...
    )
  )

  identity = (
    local.creates_identity
    ? {
      id           = one(azurerm_user_assigned_identity.this[*].id)
      client_id    = one(azurerm_user_assigned_identity.this[*].client_id)
      principal_id = one(azurerm_user_assigned_identity.this[*].principal_id)
    }
    : {
      id           = local.existing_identity_id
      client_id    = one(data.azurerm_user_assigned_identity.this[*].client_id)
      principal_id = one(data.azurerm_user_assigned_identity.this[*].principal_id)
    }
  )
}

resource "azurerm_user_assigned_identity" "this" {
  count = local.creates_identity ? 1 : 0

  name                = "${local.base_name}-identity"
  location            = var.location
  resource_group_name = local.resource_group_name
  tags                = var.tags
}

data "azurerm_user_assigned_identity" "this" {
  count = local.creates_identity ? 0 : 1

  name                = basename(var.identity)
  resource_group_name = split("/", var.identity)[4]

  # The provider looks in its own subscription only, where another identity may have this name.
  lifecycle {
    postcondition {
      condition     = lower(self.id) == lower(var.identity)
      error_message = "identity must be in the provider's subscription: this is ${self.id}, another one."
    }
  }
}
