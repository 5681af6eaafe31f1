locals {
  creates_identity = var.identity == null

  identity = (
    local.creates_identity
    ? {
      id           = one(azurerm_user_assigned_identity.this[*].id)
      client_id    = one(azurerm_user_assigned_identity.this[*].client_id)
      principal_id = one(azurerm_user_assigned_identity.this[*].principal_id)
    }
    : {
      id           = var.identity
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
}
