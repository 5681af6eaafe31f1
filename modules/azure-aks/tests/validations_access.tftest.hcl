# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

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

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
}

run "a_registry_by_name" {
  command = plan

  variables {
    container_registry_id = "acme"
    image                 = "acme.azurecr.io/etl:1"
  }

  expect_failures = [var.container_registry_id]
}

run "a_secret_in_key_vault" {
  command = plan

  variables {
    secrets = { API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_that_is_a_value" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "a_variable_twice" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_that_begins_with_a_digit" {
  command = plan

  variables {
    environment_variables = { "1A" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_group_by_name" {
  command = plan

  variables {
    admin_group_object_ids = ["platform"]
  }

  expect_failures = [var.admin_group_object_ids]
}

run "an_identity_by_name" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "a_key_by_its_address" {
  command = plan

  variables {
    kms_key_id = "https://acme.vault.azure.net/keys/k"
  }

  expect_failures = [var.kms_key_id]
}

run "a_vault_under_another_name" {
  command = plan

  variables {
    key_vault_ids = { other = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme" }
  }

  expect_failures = [var.key_vault_ids]
}

run "a_readable_secret_by_its_address" {
  command = plan

  variables {
    readable_secrets = ["https://acme.vault.azure.net/secrets/k"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_bucket_by_name" {
  command = plan

  variables {
    storage = { container_id = "lake" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_with_a_slash_in_front" {
  command = plan

  variables {
    storage = { container_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", prefix = "/raw" }
  }

  expect_failures = [var.storage]
}

run "a_role_without_storage" {
  command = plan

  variables {
    storage_role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
  }

  expect_failures = [var.storage_role_definition_id]
}

run "a_secret_has_no_empty_part" {
  command = plan

  variables {
    secrets = { API_KEY = "s..t/key" }
  }

  expect_failures = [var.secrets]
}

run "a_key_is_no_path" {
  command = plan

  variables {
    secrets = { API_KEY = "stripe/..x" }
  }

  expect_failures = [var.secrets]
}
