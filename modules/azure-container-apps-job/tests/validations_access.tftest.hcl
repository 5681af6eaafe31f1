# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

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
}

run "a_registry_by_name" {
  command = plan

  variables {
    container_registry_id = "acme"
    image                 = "acme.azurecr.io/etl:1"
  }

  expect_failures = [var.container_registry_id]
}

run "a_secret_by_value" {
  command = plan

  variables {
    secrets = { STRIPE_API_KEY = "sk_live_1234" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_of_another_host" {
  command = plan

  variables {
    key_vault_ids = { vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/vault" }
    secrets       = { KEY = "https://vault.example.com/secrets/key" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_of_an_unknown_vault" {
  command = plan

  variables {
    secrets = { KEY = "https://acme-vault.vault.azure.net/secrets/key" }
  }

  expect_failures = [var.secrets]
}

run "a_vault_without_a_secret" {
  command = plan

  variables {
    key_vault_ids = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
  }

  expect_failures = [var.secrets]
}

run "a_variable_that_is_also_a_secret" {
  command = plan

  variables {
    environment_variables = { KEY = "a" }
    key_vault_ids         = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secrets               = { KEY = "https://acme-vault.vault.azure.net/secrets/key" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_under_a_name_with_a_blank" {
  command = plan

  variables {
    key_vault_ids = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secrets       = { "MY KEY" = "https://acme-vault.vault.azure.net/secrets/key" }
  }

  expect_failures = [var.secrets]
}

run "a_variable_under_a_name_with_a_blank" {
  command = plan

  variables {
    environment_variables = { "LOG LEVEL" = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "a_vault_under_another_name" {
  command = plan

  variables {
    key_vault_ids = { vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secrets       = { KEY = "https://vault.vault.azure.net/secrets/key" }
  }

  expect_failures = [var.key_vault_ids]
}

run "a_readable_secret_by_address" {
  command = plan

  variables {
    readable_secrets = ["https://acme-vault.vault.azure.net/secrets/key"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_key_by_address" {
  command = plan

  variables {
    kms_key_id = "https://acme-vault.vault.azure.net/keys/key"
  }

  expect_failures = [var.kms_key_id]
}

run "an_identity_by_name" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "a_container_by_address" {
  command = plan

  variables {
    storage = { container_id = "https://a.blob.core.windows.net/c" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_with_a_slash_in_front" {
  command = plan

  variables {
    storage = { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", prefix = "/raw" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_that_leaves_its_quotes" {
  command = plan

  variables {
    storage = { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", prefix = "raw' OR '" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_for_no_state" {
  command = plan

  variables {
    storage = { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", state_prefix = "state" }
  }

  expect_failures = [var.storage]
}

run "a_role_by_name" {
  command = plan

  variables {
    storage                    = { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c" }
    storage_role_definition_id = "Storage Blob Data Contributor"
  }

  expect_failures = [var.storage_role_definition_id]
}

run "a_role_for_no_storage" {
  command = plan

  variables {
    storage_role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
  }

  expect_failures = [var.storage_role_definition_id]
}
