# A long-running worker instead of a job: no ingress, so nothing can call it.
resource "azurerm_container_app" "this" {
  count = local.is_worker ? 1 : 0

  name                         = local.base_name
  container_app_environment_id = local.container_app_environment_id
  resource_group_name          = local.resource_group_name
  revision_mode                = "Single"
  tags                         = var.tags
  workload_profile_name        = var.workload_profile_name

  identity {
    type         = "UserAssigned"
    identity_ids = [local.identity.id]
  }

  dynamic "registry" {
    for_each = local.registries

    content {
      identity = local.identity.id
      server   = registry.value
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
    max_replicas = var.workers.max
    min_replicas = var.workers.min

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

    # Without a rule and without ingress Azure would never leave the minimum.
    dynamic "custom_scale_rule" {
      for_each = var.workers.max > var.workers.min ? [true] : []

      content {
        name             = "cpu"
        custom_rule_type = "cpu"
        metadata = {
          type  = "Utilization"
          value = "70"
        }
      }
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  depends_on = [azurerm_role_assignment.this]
}
