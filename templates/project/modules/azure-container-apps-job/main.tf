locals {
  is_worker = var.workers != null

  resource_group_name = coalesce(one(azurerm_resource_group.this[*].name), var.resource_group_name)

  # Container Apps take memory in Gi: 512 MiB is "0.5Gi".
  memory = "${var.memory_mib / 1024}Gi"

  # The SDKs' default credential needs to be told which user-assigned identity it is.
  environment_variables = merge(
    contains(keys(var.secrets), "AZURE_CLIENT_ID") ? {} : { AZURE_CLIENT_ID = local.identity.client_id },
    var.environment_variables,
  )

  # The registry is the one that the image names: its login server may differ from the resource's name. An
  # identity from outside brings the right to pull along, so its registry need not be known by id.
  registries = (
    var.container_registry_id != null || var.identity != null && can(regex("^[^/]+\\.azurecr\\.[a-z.]+/", var.image))
    ? [split("/", var.image)[0]]
    : []
  )
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

  dynamic "event_trigger_config" {
    for_each = var.event_trigger[*]

    content {
      parallelism              = var.parallelism
      replica_completion_count = var.parallelism

      scale {
        max_executions              = event_trigger_config.value.max_executions
        min_executions              = event_trigger_config.value.min_executions
        polling_interval_in_seconds = event_trigger_config.value.polling_interval_seconds

        dynamic "rules" {
          for_each = event_trigger_config.value.rules

          content {
            name             = rules.key
            custom_rule_type = rules.value.type
            identity_id      = length(rules.value.secrets) == 0 ? local.identity.id : null
            metadata         = rules.value.metadata

            dynamic "authentication" {
              for_each = rules.value.secrets

              content {
                secret_name       = local.secret_names[authentication.value]
                trigger_parameter = authentication.key
              }
            }
          }
        }
      }
    }
  }

  dynamic "manual_trigger_config" {
    for_each = local.is_scheduled || var.event_trigger != null ? [] : [true]

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
        for_each = local.secret_variables

        content {
          name        = env.key
          secret_name = env.value
        }
      }

      dynamic "volume_mounts" {
        for_each = var.secret_files_path[*]

        content {
          name = "secrets"
          path = volume_mounts.value
        }
      }
    }

    dynamic "volume" {
      for_each = var.secret_files_path[*]

      content {
        name         = "secrets"
        storage_type = "Secret"
      }
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  # Azure reads the secrets and the image with the identity while it creates the job.
  depends_on = [azurerm_role_assignment.this]
}
