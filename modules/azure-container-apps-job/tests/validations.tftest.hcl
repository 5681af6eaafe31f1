# What the module refuses, one wrong value a run.
#
# Covered: names, image and registry, size, numbers, schedule, secrets, environment variables, ids,
# network, logs, storage, tags, alerts, and what a worker or an existing environment has no use for.

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

run "a_name_with_a_slash" {
  command = plan

  variables {
    name = "a/b"
  }

  expect_failures = [var.name]
}

run "a_name_of_81_characters" {
  command = plan

  variables {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.name]
}

run "an_empty_tenant" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "a_tenant_of_41_characters" {
  command = plan

  variables {
    tenant = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.tenant]
}

run "an_environment_of_33_characters" {
  command = plan

  variables {
    environment = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.environment]
}

run "an_environment_with_a_hyphen_in_front" {
  command = plan

  variables {
    environment = "-prod"
  }

  expect_failures = [var.environment]
}

run "a_resource_group_ending_in_a_dot" {
  command = plan

  variables {
    resource_group_name = "data."
  }

  expect_failures = [var.resource_group_name]
}

run "a_location_with_a_slash" {
  command = plan

  variables {
    location = "west/europe"
  }

  expect_failures = [var.location]
}

run "an_image_with_a_blank" {
  command = plan

  variables {
    image = "acme etl"
  }

  expect_failures = [var.image]
}

run "an_image_of_another_registry" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/acme"
  }

  expect_failures = [var.image]
}

run "a_registry_by_name" {
  command = plan

  variables {
    container_registry_id = "acme"
    image                 = "acme.azurecr.io/etl:1"
  }

  expect_failures = [var.container_registry_id]
}

run "cpu_between_quarters" {
  command = plan

  variables {
    cpu        = 0.3
    memory_mib = 614.4
  }

  expect_failures = [var.cpu]
}

run "cpu_above_four" {
  command = plan

  variables {
    cpu        = 4.25
    memory_mib = 8704
  }

  expect_failures = [var.cpu]
}

run "memory_that_does_not_go_with_cpu" {
  command = plan

  variables {
    cpu        = 1
    memory_mib = 4096
  }

  expect_failures = [var.memory_mib]
}

run "half_a_second" {
  command = plan

  variables {
    timeout_seconds = 0.5
  }

  expect_failures = [var.timeout_seconds]
}

run "a_negative_number_of_retries" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "no_copies" {
  command = plan

  variables {
    parallelism = 0
  }

  expect_failures = [var.parallelism]
}

run "a_cron_expression_of_six_fields" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_cron_expression_of_another_cloud" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * ? *)" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_local_time" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  expect_failures = [var.schedule]
}

run "a_scheduled_worker" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
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

run "an_environment_by_name" {
  command = plan

  variables {
    container_app_environment_id = "shared"
  }

  expect_failures = [var.container_app_environment_id]
}

run "a_workspace_by_name" {
  command = plan

  variables {
    log_analytics_workspace_id = "shared"
  }

  expect_failures = [var.log_analytics_workspace_id]
}

run "a_subnet_by_name" {
  command = plan

  variables {
    network = { subnet_id = "jobs" }
  }

  expect_failures = [var.network]
}

run "a_network_for_an_existing_environment" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    network                      = { subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/s" }
  }

  expect_failures = [var.network]
}

run "logs_for_a_week" {
  command = plan

  variables {
    log_retention_days = 7
  }

  expect_failures = [var.log_retention_days]
}

run "a_time_for_the_logs_of_an_existing_environment" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    log_retention_days           = 90
  }

  expect_failures = [var.log_retention_days]
}

run "a_profile_that_a_new_environment_lacks" {
  command = plan

  variables {
    workload_profile_name = "D4"
  }

  expect_failures = [var.workload_profile_name]
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

run "fifty_one_tags" {
  command = plan

  variables {
    tags = { for number in range(51) : "Tag${number}" => "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_with_a_slash" {
  command = plan

  variables {
    tags = { "a/b" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_azure" {
  command = plan

  variables {
    tags = { "Microsoft-Owner" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_257_characters" {
  command = plan

  variables {
    tags = { Owner = join("", [for number in range(257) : "x"]) }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case" {
  command = plan

  variables {
    tags = { Owner = "x", owner = "y" }
  }

  expect_failures = [var.tags]
}

run "a_channel_by_address" {
  command = plan

  variables {
    alerts = { channels = ["mailto:data@acme.example"] }
  }

  expect_failures = [var.alerts]
}

run "no_failed_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "half_a_line" {
  command = plan

  variables {
    alerts = { error_lines = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "a_run_of_two_days" {
  command = plan

  variables {
    alerts = { run_seconds = 172800 }
  }

  expect_failures = [var.alerts]
}

run "long_runs_of_a_worker" {
  command = plan

  variables {
    alerts  = { run_seconds = 600 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "alerts_on_logs_that_nobody_named" {
  command = plan

  variables {
    alerts                       = { error_lines = 1 }
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
  }

  expect_failures = [var.alerts]
}

run "alerts_on_a_worker_whose_logs_nobody_named" {
  command = plan

  variables {
    alerts                       = {}
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    workers                      = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "no_workers" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "fewer_workers_than_the_least" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "retries_of_a_worker" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "copies_of_a_worker" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "alerts_rate_of_nothing" {
  command = plan

  variables {
    alerts = { error_rate = 0 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_above_all_runs" {
  command = plan

  variables {
    alerts = { timeout_rate = 100.5 }
  }

  expect_failures = [var.alerts]
}

run "alerts_records_without_a_field" {
  command = plan

  variables {
    alerts = { records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_without_a_limit" {
  command = plan

  variables {
    alerts = { records_field = "records" }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_that_is_a_pattern" {
  command = plan

  variables {
    alerts = { records_field = "$.records || true", records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_part_of_a_record" {
  command = plan

  variables {
    alerts = { records_field = "records", records_processed_min = 0.5 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_of_a_worker" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    alerts  = { error_rate = 5 }
  }

  expect_failures = [var.alerts]
}
