# Access: what the identity may do, and where.
#
# Covered: nothing asked for, nothing granted; secrets one by one; a secret named twice; key; registry;
# blobs by a role of the module's own, with and without deleting; paths as conditions; the whole
# container; state apart and in the data's container; a role from outside; an identity from outside.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  containers = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers"
  vault_id   = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme-vault"
}

run "nothing_is_granted_unasked" {
  command = plan

  assert {
    condition     = length(azurerm_role_assignment.this) == 0 && length(azurerm_role_definition.storage) == 0
    error_message = "A job that uses nothing must be granted nothing."
  }
}

run "a_secret_is_granted_without_its_vault" {
  command = plan

  variables {
    key_vault_ids = { Acme-Vault = var.vault_id }
    secrets = {
      STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/Stripe-Key/0123456789abcdef0123456789abcdef"
      STRIPE_AGAIN   = "https://acme-vault.vault.azure.net/secrets/stripe-key"
    }
  }

  assert {
    condition     = length(azurerm_role_assignment.this) == 1
    error_message = "One secret must be granted once, however many variables and versions name it."
  }

  assert {
    condition = (
      azurerm_role_assignment.this["secret:acme-vault/stripe-key"].scope == "${var.vault_id}/secrets/stripe-key" &&
      azurerm_role_assignment.this["secret:acme-vault/stripe-key"].role_definition_name == "Key Vault Secrets User" &&
      azurerm_role_assignment.this["secret:acme-vault/stripe-key"].principal_id == azurerm_user_assigned_identity.this[0].principal_id &&
      azurerm_role_assignment.this["secret:acme-vault/stripe-key"].principal_type == "ServicePrincipal"
    )
    error_message = "The identity must get Key Vault Secrets User on the secret itself."
  }
}

run "a_readable_secret_is_granted_once" {
  command = plan

  variables {
    key_vault_ids    = { acme-vault = var.vault_id }
    readable_secrets = ["${var.vault_id}/secrets/stripe-key", "${var.vault_id}/secrets/catalog"]
    secrets          = { STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.this)) == toset(["secret:acme-vault/catalog", "secret:acme-vault/stripe-key"])
    error_message = "A secret that is both referred to and readable must be granted once: Azure refuses the second assignment."
  }
}

run "a_key_is_granted_to_encrypt_with" {
  command = plan

  variables {
    kms_key_id = "${var.vault_id}/keys/customer-data"
  }

  assert {
    condition = (
      azurerm_role_assignment.this["key"].scope == "${var.vault_id}/keys/customer-data" &&
      azurerm_role_assignment.this["key"].role_definition_name == "Key Vault Crypto User"
    )
    error_message = "The identity must get Key Vault Crypto User on the key itself."
  }
}

run "a_private_registry_is_granted_to_pull" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/acme"
    image                 = "acme-d4k1.azurecr.io/etl/dativo:1.4.0"
  }

  assert {
    condition = (
      azurerm_role_assignment.this["registry"].scope == var.container_registry_id &&
      azurerm_role_assignment.this["registry"].role_definition_name == "AcrPull"
    )
    error_message = "The identity must get AcrPull on the registry."
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].registry[0].server == "acme-d4k1.azurecr.io" &&
      azurerm_container_app_job.this[0].registry[0].identity == azurerm_user_assigned_identity.this[0].id
    )
    error_message = "The job must log in to the image's registry with the identity."
  }
}

run "an_identity_from_outside_is_granted_nothing" {
  command = plan

  variables {
    identity         = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    kms_key_id       = "${var.vault_id}/keys/customer-data"
    readable_secrets = ["${var.vault_id}/secrets/catalog"]
    secrets          = { STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
    storage          = { container_id = "${var.containers}/lake" }
  }

  assert {
    condition     = length(azurerm_role_assignment.this) == 0 && length(azurerm_role_definition.storage) == 0 && length(azurerm_user_assigned_identity.this) == 0
    error_message = "The module must neither make an identity nor grant anything to the one given."
  }

  assert {
    condition = (
      data.azurerm_user_assigned_identity.this[0].name == "etl" &&
      data.azurerm_user_assigned_identity.this[0].resource_group_name == "people" &&
      one(azurerm_container_app_job.this[0].identity[0].identity_ids) == var.identity &&
      output.managed_identity_id == var.identity &&
      output.managed_identity_client_id == "00000000-0000-0000-0000-00000000001c"
    )
    error_message = "The job must run as the identity given."
  }
}

run "an_identity_from_outside_pulls_from_the_registry_of_the_image" {
  command = plan

  variables {
    identity = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    image    = "acme.azurecr.io/etl:1.4.0"
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].registry[0].server == "acme.azurecr.io" &&
      azurerm_container_app_job.this[0].registry[0].identity == var.identity &&
      length(azurerm_role_assignment.this) == 0
    )
    error_message = "Without an entry of the registry Azure pulls without a login, whatever the identity may do."
  }
}

run "an_image_that_anybody_may_pull_has_no_registry" {
  command = plan

  variables {
    identity = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
  }

  assert {
    condition     = length(azurerm_container_app_job.this[0].registry) == 0
    error_message = "A registry elsewhere must not be logged in to."
  }
}
