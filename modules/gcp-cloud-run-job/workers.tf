# A long-running worker: no address, no requests, instances that pull their work.
resource "google_cloud_run_v2_worker_pool" "this" {
  for_each = local.worker_keys

  project             = var.project_id
  location            = var.region
  name                = local.name
  labels              = var.tags
  deletion_protection = var.deletion_protection

  dynamic "binary_authorization" {
    for_each = var.binary_authorization == null ? {} : { policy = var.binary_authorization }

    content {
      use_default = binary_authorization.value == "default" ? true : null
      policy      = binary_authorization.value == "default" ? null : binary_authorization.value
    }
  }

  # Between two different bounds Cloud Run scales on CPU use (60 %, its default target).
  scaling {
    scaling_mode          = var.workers.min == var.workers.max ? "MANUAL" : "AUTOMATIC"
    manual_instance_count = var.workers.min == var.workers.max ? var.workers.min : null
    min_instance_count    = var.workers.min == var.workers.max ? null : var.workers.min
    max_instance_count    = var.workers.min == var.workers.max ? null : var.workers.max
  }

  template {
    labels          = var.tags
    service_account = local.identity
    encryption_key  = var.kms_key_id

    containers {
      image   = var.image
      command = length(var.command) > 0 ? var.command : null
      args    = length(var.args) > 0 ? var.args : null

      resources {
        limits = local.limits
      }

      dynamic "env" {
        for_each = var.environment_variables

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_variables

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = env.value.version
            }
          }
        }
      }

      dynamic "volume_mounts" {
        for_each = local.secret_volumes

        content {
          name       = volume_mounts.key
          mount_path = volume_mounts.value.folder
        }
      }
    }

    dynamic "volumes" {
      for_each = local.secret_volumes

      content {
        name = volumes.key

        secret {
          secret = volumes.value.secret

          items {
            path    = volumes.value.file
            version = volumes.value.version
          }
        }
      }
    }

    dynamic "vpc_access" {
      for_each = local.vpc_access

      content {
        connector = vpc_access.value.connector
        egress    = vpc_access.value.egress

        dynamic "network_interfaces" {
          for_each = vpc_access.value.interfaces

          content {
            network    = network_interfaces.value.network
            subnetwork = network_interfaces.value.subnetwork
            tags       = network_interfaces.value.tags
          }
        }
      }
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  # Cloud Run reads the secrets and the key while it makes the pool.
  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.this,
    time_sleep.grants,
  ]
}
