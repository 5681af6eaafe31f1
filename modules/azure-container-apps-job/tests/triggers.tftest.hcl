# What starts runs beside the clock.
#
# Covered: events, read as the identity and with secrets; who may start runs; the command that does; what is refused.

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

run "nobody_else_by_default" {
  command = plan

  assert {
    condition = (
      length(azurerm_role_assignment.invokers) == 0 &&
      length(azurerm_container_app_job.this[0].event_trigger_config) == 0 &&
      length(azurerm_container_app_job.this[0].manual_trigger_config) == 1
    )
    error_message = "A job must be started by hand only, by those who may already."
  }

  assert {
    condition     = output.invoke_command == "az containerapp job start --subscription 00000000-0000-0000-0000-000000000001 --resource-group data --name acme-prod-stripe-customers"
    error_message = "The output must be the command that starts the job."
  }
}

run "a_queue_starts_runs" {
  command = plan

  variables {
    event_trigger = {
      rules = {
        orders = { type = "azure-queue", metadata = { accountName = "acmedatalake", queueName = "orders", queueLength = "1" } }
      }
    }
  }

  assert {
    condition = (
      length(azurerm_container_app_job.this[0].manual_trigger_config) == 0 &&
      length(azurerm_container_app_job.this[0].schedule_trigger_config) == 0 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].min_executions == 0 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].max_executions == 10 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].polling_interval_in_seconds == 30 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].name == "orders" &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].custom_rule_type == "azure-queue" &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].metadata["queueName"] == "orders"
    )
    error_message = "The rule must be the job's one trigger."
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].identity_id == azurerm_user_assigned_identity.this[0].id &&
      length(azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].authentication) == 0
    )
    error_message = "Without secrets the queue must be read as the identity."
  }
}

run "a_topic_starts_runs_with_a_secret" {
  command = plan

  variables {
    event_trigger = {
      max_executions           = 3
      polling_interval_seconds = 60
      rules = {
        orders = { type = "kafka", metadata = { topic = "orders" }, secrets = { password = "KAFKA_PASSWORD" } }
      }
    }
    key_vault_ids = { acme-vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme-vault" }
    secrets       = { KAFKA_PASSWORD = "https://acme-vault.vault.azure.net/secrets/kafka" }
  }

  assert {
    condition = (
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].max_executions == 3 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].polling_interval_in_seconds == 60 &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].identity_id == null &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].authentication[0].trigger_parameter == "password" &&
      azurerm_container_app_job.this[0].event_trigger_config[0].scale[0].rules[0].authentication[0].secret_name == "kafka-password"
    )
    error_message = "With secrets the topic must be read with them, and not as the identity."
  }
}

run "who_may_start_runs" {
  command = plan

  variables {
    invokers = { airflow = "00000000-0000-4000-8000-000000000001" }
  }

  assert {
    condition = (
      azurerm_role_assignment.invokers["airflow"].role_definition_name == "Container Apps Jobs Operator" &&
      azurerm_role_assignment.invokers["airflow"].principal_id == "00000000-0000-4000-8000-000000000001" &&
      azurerm_role_assignment.invokers["airflow"].scope == azurerm_container_app_job.this[0].id
    )
    error_message = "An invoker must get the role on this job alone."
  }
}

run "an_invoker_by_name" {
  command = plan

  variables {
    invokers = { airflow = "airflow" }
  }

  expect_failures = [var.invokers]
}

run "an_invoker_of_workers" {
  command = plan

  variables {
    invokers = { airflow = "00000000-0000-4000-8000-000000000001" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.invokers]
}

run "events_without_a_rule" {
  command = plan

  variables {
    event_trigger = { rules = {} }
  }

  expect_failures = [var.event_trigger]
}

run "events_and_a_schedule" {
  command = plan

  variables {
    event_trigger = { rules = { orders = { type = "azure-queue", metadata = {} } } }
    schedule      = { expression = "0 2 * * *" }
  }

  expect_failures = [var.event_trigger]
}

run "more_runs_at_least_than_at_most" {
  command = plan

  variables {
    event_trigger = { min_executions = 2, max_executions = 1, rules = { orders = { type = "azure-queue", metadata = {} } } }
  }

  expect_failures = [var.event_trigger]
}

run "a_poll_without_a_pause" {
  command = plan

  variables {
    event_trigger = { polling_interval_seconds = 0, rules = { orders = { type = "azure-queue", metadata = {} } } }
  }

  expect_failures = [var.event_trigger]
}

run "a_rule_called_in_upper_case" {
  command = plan

  variables {
    event_trigger = { rules = { Orders = { type = "azure-queue", metadata = {} } } }
  }

  expect_failures = [var.event_trigger]
}

run "a_rule_with_an_unknown_secret" {
  command = plan

  variables {
    event_trigger = { rules = { orders = { type = "kafka", metadata = {}, secrets = { password = "NONE" } } } }
  }

  expect_failures = [var.event_trigger]
}
