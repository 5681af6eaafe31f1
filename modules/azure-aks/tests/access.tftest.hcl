# Access: what the job and the nodes may do.
#
# Covered: nothing asked for, nothing granted; secrets one by one and whole vaults; the key; images for the
# nodes; whom the identity trusts; an identity from outside.

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
}

run "nothing_is_granted_unasked" {
  command = plan

  assert {
    condition = (
      length(azurerm_role_assignment.workload) == 0 && length(azurerm_role_assignment.registry) == 0 &&
      length(azurerm_role_assignment.disks) == 0 && length(azurerm_role_definition.storage) == 0
    )
    error_message = "A job that uses nothing must be granted nothing."
  }
}

run "secrets_are_granted_one_by_one" {
  command = plan

  variables {
    readable_secrets = ["${var.vault_id}/secrets/Stripe-Key", "${var.vault_id}/secrets/catalog"]
  }

  assert {
    condition = (
      keys(azurerm_role_assignment.workload) == ["secret:acme-vault/catalog", "secret:acme-vault/stripe-key"] &&
      azurerm_role_assignment.workload["secret:acme-vault/stripe-key"].scope == "${var.vault_id}/secrets/Stripe-Key" &&
      azurerm_role_assignment.workload["secret:acme-vault/stripe-key"].role_definition_name == "Key Vault Secrets User" &&
      azurerm_role_assignment.workload["secret:acme-vault/stripe-key"].principal_id == azurerm_user_assigned_identity.workload[0].principal_id
    )
    error_message = "The identity must get Key Vault Secrets User on each secret, not on its vault."
  }
}

run "a_vault_is_granted_as_a_whole_when_asked_for" {
  command = plan

  variables {
    key_vault_ids = { acme-vault = var.vault_id }
  }

  assert {
    condition = (
      keys(azurerm_role_assignment.workload) == ["vault:acme-vault"] &&
      azurerm_role_assignment.workload["vault:acme-vault"].scope == var.vault_id &&
      azurerm_role_assignment.workload["vault:acme-vault"].role_definition_name == "Key Vault Secrets User"
    )
    error_message = "The identity must get Key Vault Secrets User on the vault."
  }
}

run "a_key_is_granted_to_encrypt_with" {
  command = plan

  variables {
    kms_key_id = "${var.vault_id}/keys/customer-data"
  }

  assert {
    condition = (
      azurerm_role_assignment.workload["key"].scope == "${var.vault_id}/keys/customer-data" &&
      azurerm_role_assignment.workload["key"].role_definition_name == "Key Vault Crypto User"
    )
    error_message = "The identity must get Key Vault Crypto User on the key itself."
  }
}

run "nodes_pull_from_a_private_registry" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/acme"
    image                 = "acme.azurecr.io/etl:1.4.0"
  }

  assert {
    condition = (
      azurerm_role_assignment.registry[0].scope == var.container_registry_id &&
      azurerm_role_assignment.registry[0].role_definition_name == "AcrPull" &&
      azurerm_role_assignment.registry[0].principal_id == azurerm_user_assigned_identity.nodes[0].principal_id
    )
    error_message = "The nodes' identity must get AcrPull on the registry."
  }
}

run "the_identity_trusts_the_job_alone" {
  command = plan

  variables {
    namespace = "stripe"
  }

  assert {
    condition = (
      azurerm_federated_identity_credential.workload.subject == "system:serviceaccount:stripe:acme-prod-stripe-customers" &&
      azurerm_federated_identity_credential.workload.issuer == azurerm_kubernetes_cluster.this.oidc_issuer_url &&
      azurerm_federated_identity_credential.workload.audience == tolist(["api://AzureADTokenExchange"]) &&
      azurerm_federated_identity_credential.workload.user_assigned_identity_id == azurerm_user_assigned_identity.workload[0].id
    )
    error_message = "The identity must trust one service account of this cluster."
  }

  assert {
    condition     = output.kubernetes_namespace == "stripe" && output.kubernetes_service_account_name == "acme-prod-stripe-customers"
    error_message = "Namespace and service account must be told."
  }
}

run "an_identity_from_outside_is_granted_nothing" {
  command = plan

  variables {
    identity         = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    key_vault_ids    = { acme-vault = var.vault_id }
    kms_key_id       = "${var.vault_id}/keys/customer-data"
    readable_secrets = ["${var.vault_id}/secrets/catalog"]
    storage          = { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers/lake" }
  }

  assert {
    condition     = length(azurerm_role_assignment.workload) == 0 && length(azurerm_role_definition.storage) == 0 && length(azurerm_user_assigned_identity.workload) == 0
    error_message = "The module must neither make an identity nor grant anything to the one given."
  }

  assert {
    condition     = azurerm_federated_identity_credential.workload.user_assigned_identity_id == var.identity && output.managed_identity_client_id == "00000000-0000-0000-0000-00000000001c"
    error_message = "The job must act as the identity given."
  }

  assert {
    condition     = azurerm_role_assignment.disks[0].scope == "${var.vault_id}/keys/customer-data"
    error_message = "The disks must be under the key, whoever the job acts as."
  }
}
