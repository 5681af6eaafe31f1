# A worker instead of a job.
#
# Covered: the app and no job; no ingress; copies and the rule that adds some; size, variables,
# secrets, registry and tags as with a job; alerts; outputs.

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

  workers = { min = 1, max = 4 }
}

run "a_worker_is_an_app_without_a_job" {
  command = plan

  assert {
    condition     = length(azurerm_container_app.this) == 1 && length(azurerm_container_app_job.this) == 0
    error_message = "A worker must come instead of a job."
  }

  assert {
    condition     = length(azurerm_container_app.this[0].ingress) == 0
    error_message = "Nothing must be able to call a worker."
  }
}

run "copies_are_added_by_cpu_use" {
  command = plan

  assert {
    condition = (
      azurerm_container_app.this[0].template[0].min_replicas == 1 &&
      azurerm_container_app.this[0].template[0].max_replicas == 4 &&
      azurerm_container_app.this[0].template[0].custom_scale_rule[0].custom_rule_type == "cpu" &&
      azurerm_container_app.this[0].template[0].custom_scale_rule[0].metadata == tomap({ type = "Utilization", value = "70" })
    )
    error_message = "Between min and max there must be a rule that adds copies."
  }
}

run "a_fixed_number_of_copies_needs_no_rule" {
  command = plan

  variables {
    workers = { min = 2, max = 2 }
  }

  assert {
    condition     = length(azurerm_container_app.this[0].template[0].custom_scale_rule) == 0 && azurerm_container_app.this[0].template[0].min_replicas == 2
    error_message = "Without room between min and max a rule has nothing to do."
  }
}

run "a_worker_has_the_container_of_a_job" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/acme"
    cpu                   = 0.5
    environment_variables = { LOG_LEVEL = "info" }
    image                 = "acme.azurecr.io/etl:1.4.0"
    key_vault_ids         = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme-vault" }
    memory_mib            = 1024
    secrets               = { STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
    tags                  = { CostCenter = "FIN-001" }
  }

  assert {
    condition = (
      azurerm_container_app.this[0].template[0].container[0].cpu == 0.5 &&
      azurerm_container_app.this[0].template[0].container[0].memory == "1Gi" &&
      toset(azurerm_container_app.this[0].template[0].container[0].env[*].name) == toset(["AZURE_CLIENT_ID", "LOG_LEVEL", "STRIPE_API_KEY"])
    )
    error_message = "Size and variables must be the ones asked for."
  }

  assert {
    condition = (
      azurerm_container_app.this[0].registry[0].server == "acme.azurecr.io" &&
      one(azurerm_container_app.this[0].secret).key_vault_secret_id == "https://acme-vault.vault.azure.net/secrets/stripe-key" &&
      one(azurerm_container_app.this[0].secret).identity == azurerm_user_assigned_identity.this[0].id &&
      azurerm_container_app.this[0].tags == tomap({ CostCenter = "FIN-001" })
    )
    error_message = "Registry, secrets and tags must be as with a job."
  }
}

run "a_worker_is_watched_by_its_logs" {
  command = plan

  variables {
    alerts = { failed_runs = 3, error_lines = 10 }
  }

  assert {
    condition     = length(azurerm_monitor_metric_alert.failed_runs) == 0 && keys(azurerm_monitor_scheduled_query_rules_alert_v2.this) == ["error-lines", "failed-replicas"]
    error_message = "A worker has no executions to count."
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-replicas"].criteria[0].threshold == 3 &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["failed-replicas"].criteria[0].query, "ContainerAppName_s == \"acme-prod-stripe-customers\"") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].criteria[0].query, "ContainerAppName_s == \"acme-prod-stripe-customers\"")
    )
    error_message = "The queries must look for the app."
  }
}

run "outputs_of_a_worker" {
  command = plan

  assert {
    condition = (
      output.id == azurerm_container_app.this[0].id && output.container_app_id == output.id &&
      output.name == "acme-prod-stripe-customers" && output.container_app_name == output.name && output.service_name == output.name &&
      output.container_app_job_id == null && output.container_app_job_name == null && output.endpoint_url == null &&
      output.dagster_container_apps_config == null && output.airflow_container_apps_config == null
    )
    error_message = "A worker's outputs must name the app, and no address to start it."
  }
}
