# The job: its size, trigger, environment variables, secrets and outputs.
#
# Covered: by hand, on a schedule, a schedule switched off; sizes written in Gi; retries, time and
# copies; variables; secrets by reference; tags; outputs; an existing and a new resource group.

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

run "a_job_without_a_schedule_is_started_by_hand" {
  command = plan

  assert {
    condition     = length(azurerm_container_app_job.this[0].manual_trigger_config) == 1 && length(azurerm_container_app_job.this[0].schedule_trigger_config) == 0
    error_message = "Without a schedule the trigger must be manual."
  }

  assert {
    condition     = length(azurerm_container_app.this) == 0
    error_message = "A job must not come with an app."
  }
}

run "a_schedule_starts_the_job" {
  command = plan

  variables {
    parallelism = 3
    schedule    = { expression = "*/15 0-6 * * MON-FRI" }
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].schedule_trigger_config[0].cron_expression == "*/15 0-6 * * MON-FRI" &&
      azurerm_container_app_job.this[0].schedule_trigger_config[0].parallelism == 3 &&
      azurerm_container_app_job.this[0].schedule_trigger_config[0].replica_completion_count == 3 &&
      length(azurerm_container_app_job.this[0].manual_trigger_config) == 0
    )
    error_message = "The schedule's trigger must have the expression and all copies."
  }
}

run "a_schedule_switched_off_does_not_start_the_job" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", enabled = false }
  }

  assert {
    condition     = length(azurerm_container_app_job.this[0].schedule_trigger_config) == 0 && length(azurerm_container_app_job.this[0].manual_trigger_config) == 1
    error_message = "A schedule that is switched off must leave a job to be started by hand."
  }
}

run "the_smallest_size_is_half_a_gi" {
  command = plan

  variables {
    cpu        = 0.25
    memory_mib = 512
  }

  assert {
    condition     = azurerm_container_app_job.this[0].template[0].container[0].memory == "0.5Gi" && azurerm_container_app_job.this[0].template[0].container[0].cpu == 0.25
    error_message = "512 MiB must be written 0.5Gi."
  }
}

run "a_size_between_is_written_in_gi" {
  command = plan

  variables {
    cpu        = 0.75
    memory_mib = 1536
  }

  assert {
    condition     = azurerm_container_app_job.this[0].template[0].container[0].memory == "1.5Gi"
    error_message = "1536 MiB must be written 1.5Gi."
  }
}

run "a_whole_size_has_no_decimals" {
  command = plan

  variables {
    cpu        = 4
    memory_mib = 8192
  }

  assert {
    condition     = azurerm_container_app_job.this[0].template[0].container[0].memory == "8Gi"
    error_message = "8192 MiB must be written 8Gi."
  }
}

run "retries_and_time_reach_the_job" {
  command = plan

  variables {
    max_retries     = 2
    timeout_seconds = 7200
  }

  assert {
    condition     = azurerm_container_app_job.this[0].replica_retry_limit == 2 && azurerm_container_app_job.this[0].replica_timeout_in_seconds == 7200
    error_message = "Retries and time must be the ones asked for."
  }
}

run "variables_reach_the_container" {
  command = plan

  variables {
    args                  = ["run"]
    command               = ["python", "-m", "etl"]
    environment_variables = { LOG_LEVEL = "info" }
  }

  assert {
    condition = { for env in azurerm_container_app_job.this[0].template[0].container[0].env : env.name => env.value } == {
      AZURE_CLIENT_ID = "00000000-0000-0000-0000-00000000000c"
      LOG_LEVEL       = "info"
    }
    error_message = "The container must have the variables given and the identity's client id."
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].template[0].container[0].args == tolist(["run"]) &&
      azurerm_container_app_job.this[0].template[0].container[0].command == tolist(["python", "-m", "etl"]) &&
      azurerm_container_app_job.this[0].template[0].container[0].image == "ghcr.io/acme/etl:1.4.0"
    )
    error_message = "Image, command and arguments must be the ones given."
  }
}

run "a_client_id_given_is_kept" {
  command = plan

  variables {
    environment_variables = { AZURE_CLIENT_ID = "mine" }
  }

  assert {
    condition     = [for env in azurerm_container_app_job.this[0].template[0].container[0].env : env.value if env.name == "AZURE_CLIENT_ID"] == ["mine"]
    error_message = "AZURE_CLIENT_ID must be the one given."
  }
}

run "secrets_are_references" {
  command = plan

  variables {
    key_vault_ids = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secrets       = { STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
  }

  assert {
    condition = alltrue([
      for secret in azurerm_container_app_job.this[0].secret :
      secret.name == "stripe-api-key" && secret.value == null &&
      secret.key_vault_secret_id == "https://acme-vault.vault.azure.net/secrets/stripe-key" &&
      secret.identity == azurerm_user_assigned_identity.this[0].id
    ]) && length(azurerm_container_app_job.this[0].secret) == 1
    error_message = "A secret must be a reference that is read with the identity, without a value."
  }

  assert {
    condition = one([
      for env in azurerm_container_app_job.this[0].template[0].container[0].env : env.secret_name if env.name == "STRIPE_API_KEY"
    ]) == "stripe-api-key"
    error_message = "The variable must take its value from the secret."
  }
}

run "every_taggable_resource_has_all_tags" {
  command = plan

  variables {
    alerts                = { error_lines = 5, run_seconds = 600 }
    create_resource_group = true
    tags                  = { CostCenter = "FIN-001", Owner = "data" }
  }

  assert {
    condition = alltrue([
      for tags in concat(
        azurerm_container_app_environment.this[*].tags,
        azurerm_container_app_job.this[*].tags,
        azurerm_log_analytics_workspace.this[*].tags,
        azurerm_monitor_metric_alert.failed_runs[*].tags,
        azurerm_resource_group.this[*].tags,
        azurerm_user_assigned_identity.this[*].tags,
        values(azurerm_monitor_scheduled_query_rules_alert_v2.this)[*].tags,
      ) : tags == tomap(var.tags)
    ])
    error_message = "Every resource that takes tags must have all of them."
  }

  assert {
    condition     = output.all_tags == tomap(var.tags)
    error_message = "all_tags must be the tags."
  }
}

run "an_existing_resource_group_is_not_made" {
  command = plan

  assert {
    condition     = length(azurerm_resource_group.this) == 0 && azurerm_container_app_job.this[0].resource_group_name == "data" && output.resource_group_name == "data"
    error_message = "An existing resource group must only be named."
  }
}

run "a_new_resource_group_is_made" {
  command = plan

  variables {
    create_resource_group = true
  }

  assert {
    condition     = azurerm_resource_group.this[0].name == "data" && azurerm_resource_group.this[0].location == "westeurope" && azurerm_container_app_job.this[0].resource_group_name == "data"
    error_message = "create_resource_group must make the group that holds everything."
  }
}

run "outputs_of_a_job" {
  command = plan

  assert {
    condition = (
      output.id == azurerm_container_app_job.this[0].id && output.container_app_job_id == output.id &&
      output.name == "acme-prod-stripe-customers" && output.container_app_job_name == output.name && output.service_name == output.name &&
      output.container_app_id == null && output.container_app_name == null && output.container_app_fqdn == null
    )
    error_message = "A job's outputs must name the job, and nothing that is not there."
  }

  assert {
    condition     = output.endpoint_url == "https://management.azure.com${azurerm_container_app_job.this[0].id}/start?api-version=2024-03-01"
    error_message = "endpoint_url must be the address that starts a run."
  }

  assert {
    condition = (
      output.dagster_container_apps_config == output.airflow_container_apps_config &&
      output.airflow_container_apps_config == {
        subscription_id     = split("/", output.id)[2]
        resource_group_name = "data"
        job_name            = output.name
      }
    )
    error_message = "An orchestrator must find the job by these."
  }

  assert {
    condition = (
      output.managed_identity_id == azurerm_user_assigned_identity.this[0].id &&
      output.managed_identity_client_id == "00000000-0000-0000-0000-00000000000c" &&
      output.managed_identity_principal_id == "00000000-0000-0000-0000-00000000000d"
    )
    error_message = "The identity's outputs must be those of the identity that was made."
  }
}
