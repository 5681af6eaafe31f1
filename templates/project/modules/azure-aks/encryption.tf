# Disks under the caller's key. Without one they are encrypted under a key of Azure's; on the hosts they are
# encrypted in either case.

locals {
  # The provider takes the key's address. Without a version the disks follow the key when it is rotated.
  key_parts = try(split("/", var.kms_key_id), [])
  key_url   = try(format("https://%s.vault.azure.net/keys/%s", lower(local.key_parts[8]), local.key_parts[10]), null)
}

resource "azurerm_disk_encryption_set" "this" {
  count = var.kms_key_id == null ? 0 : 1

  name                      = "${local.base_name}-disks"
  auto_key_rotation_enabled = true
  encryption_type           = "EncryptionAtRestWithCustomerKey"
  key_vault_key_id          = local.key_url
  location                  = var.location
  resource_group_name       = local.resource_group_name
  tags                      = var.tags

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "disks" {
  count = var.kms_key_id == null ? 0 : 1

  description          = "${local.base_name}: disks under the key"
  principal_id         = azurerm_disk_encryption_set.this[0].identity[0].principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = "Key Vault Crypto Service Encryption User"
  scope                = var.kms_key_id
}

# The driver that makes volumes for pods looks the set up.
resource "azurerm_role_assignment" "volumes" {
  count = var.kms_key_id == null || var.cluster_identity != null ? 0 : 1

  description          = "${local.base_name}: volumes under the key"
  principal_id         = azurerm_user_assigned_identity.cluster[0].principal_id
  principal_type       = "ServicePrincipal"
  role_definition_name = "Reader"
  scope                = azurerm_disk_encryption_set.this[0].id
}
