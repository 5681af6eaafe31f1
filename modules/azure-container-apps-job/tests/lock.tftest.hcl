# What people are kept from deleting, how long Terraform waits, and secrets as files.

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

run "nothing_is_locked_by_default" {
  command = plan

  assert {
    condition     = length(azurerm_management_lock.this) == 0
    error_message = "Nothing is locked unasked."
  }
}

run "what_the_module_makes_is_locked" {
  command = plan

  variables {
    lock = true
  }

  assert {
    condition = (
      { for key, lock in azurerm_management_lock.this : key => lock.scope } == {
        environment = azurerm_container_app_environment.this[0].id
        identity    = azurerm_user_assigned_identity.this[0].id
        job         = azurerm_container_app_job.this[0].id
        workspace   = azurerm_log_analytics_workspace.this[0].id
      } &&
      alltrue([for lock in values(azurerm_management_lock.this) : lock.lock_level == "CanNotDelete"])
    )
    error_message = "The job and what was made for it must be locked."
  }
}

run "a_worker_is_locked_and_what_exists_is_not" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    lock                         = true
    workers                      = { min = 1, max = 1 }
  }

  assert {
    condition = (
      keys(azurerm_management_lock.this) == ["identity", "job"] &&
      azurerm_management_lock.this["job"].scope == azurerm_container_app.this[0].id
    )
    error_message = "An environment of others must not be locked."
  }
}

run "terraform_waits_as_long_as_asked_for" {
  command = plan

  variables {
    timeouts = { create = "45m", delete = "1h30m" }
  }

  assert {
    condition = (
      azurerm_container_app_environment.this[0].timeouts.create == "45m" &&
      azurerm_container_app_job.this[0].timeouts.delete == "1h30m" &&
      azurerm_container_app_job.this[0].timeouts.update == null
    )
    error_message = "The times must reach the environment and the job."
  }
}

run "a_time_without_a_unit" {
  command = plan

  variables {
    timeouts = { create = "45" }
  }

  expect_failures = [var.timeouts]
}

run "secrets_as_files" {
  command = plan

  variables {
    key_vault_ids     = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secret_files_path = "/mnt/secrets"
    secrets           = { STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].template[0].volume[0].storage_type == "Secret" &&
      azurerm_container_app_job.this[0].template[0].container[0].volume_mounts[0].name == azurerm_container_app_job.this[0].template[0].volume[0].name &&
      azurerm_container_app_job.this[0].template[0].container[0].volume_mounts[0].path == "/mnt/secrets"
    )
    error_message = "The secrets must stand as files in the folder."
  }

  assert {
    condition     = azurerm_container_app_job.this[0].template[0].container[0].env[*].name == tolist(["AZURE_CLIENT_ID"])
    error_message = "What is a file must not be an environment variable as well."
  }
}

run "files_in_a_relative_folder" {
  command = plan

  variables {
    key_vault_ids     = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secret_files_path = "secrets"
    secrets           = { KEY = "https://acme-vault.vault.azure.net/secrets/key" }
  }

  expect_failures = [var.secret_files_path]
}

run "files_without_secrets" {
  command = plan

  variables {
    secret_files_path = "/mnt/secrets"
  }

  expect_failures = [var.secret_files_path]
}
