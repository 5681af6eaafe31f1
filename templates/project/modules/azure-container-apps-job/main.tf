locals {
  is_worker = var.workers != null

  resource_group_name = coalesce(one(azurerm_resource_group.this[*].name), var.resource_group_name)

  # Container Apps take memory in Gi: 512 MiB is "0.5Gi".
  memory = "${var.memory_mib / 1024}Gi"

  # A schedule that is switched off leaves a job to be started by hand: Azure has no pause.
  is_scheduled = var.schedule != null && try(var.schedule.enabled, false)

  # The SDKs' default credential needs to be told which user-assigned identity it is.
  environment_variables = merge(
    contains(keys(var.secrets), "AZURE_CLIENT_ID") ? {} : { AZURE_CLIENT_ID = local.identity.client_id },
    var.environment_variables,
  )

  # The registry is the one that the image names: its login server may differ from the resource's name.
  registries = var.container_registry_id == null ? [] : [split("/", var.image)[0]]
}

resource "azurerm_resource_group" "this" {
  count = var.create_resource_group ? 1 : 0

  name     = var.resource_group_name
  location = var.location
  tags     = var.tags
}

resource "azurerm_container_app_job" "this" {
  count = local.is_worker ? 0 : 1

  name                         = local.base_name
  container_app_environment_id = local.container_app_environment_id
  location                     = var.location
  replica_retry_limit          = var.max_retries
  replica_timeout_in_seconds   = var.timeout_seconds
  resource_group_name          = local.resource_group_name
  tags                         = var.tags
  workload_profile_name        = var.workload_profile_name

  identity {
    type         = "UserAssigned"
    identity_ids = [local.identity.id]
  }

  dynamic "manual_trigger_config" {
    for_each = local.is_scheduled ? [] : [true]

    content {
      parallelism              = var.parallelism
      replica_completion_count = var.parallelism
    }
  }

  dynamic "registry" {
    for_each = local.registries

    content {
      identity = local.identity.id
      server   = registry.value
    }
  }

  dynamic "schedule_trigger_config" {
    for_each = local.is_scheduled ? [var.schedule.expression] : []

    content {
      cron_expression          = schedule_trigger_config.value
      parallelism              = var.parallelism
      replica_completion_count = var.parallelism
    }
  }

  dynamic "secret" {
    for_each = var.secrets

    content {
      name                = local.secret_names[secret.key]
      identity            = local.identity.id
      key_vault_secret_id = secret.value
    }
  }

  template {
    container {
      name    = local.base_name
      args    = var.args
      command = var.command
      cpu     = var.cpu
      image   = var.image
      memory  = local.memory

      dynamic "env" {
        for_each = local.environment_variables

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_names

        content {
          name        = env.key
          secret_name = env.value
        }
      }
    }
  }

  # Azure reads the secrets and the image with the identity while it creates the job.
  depends_on = [azurerm_role_assignment.this]
}
