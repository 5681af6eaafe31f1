locals {
  # Either a job or a worker pool, never both.
  job_keys    = toset(var.workers == null ? ["job"] : [])
  worker_keys = toset(var.workers == null ? [] : ["worker"])

  # Kubernetes quantities in their canonical form, so that what the API gives back is what was sent.
  limits = {
    cpu    = tostring(var.cpu)
    memory = var.memory_mib % 1024 == 0 ? "${var.memory_mib / 1024}Gi" : "${var.memory_mib}Mi"
  }

  # projects/P/secrets/S[/versions/V] taken apart. Cloud Run wants the bare name inside its own project.
  _secret_references = {
    for place, reference in merge(var.secrets, var.secret_files) : place => {
      secret = (
        split("/", reference)[1] == var.project_id
        ? split("/", reference)[3]
        : join("/", slice(split("/", reference), 0, 4))
      )
      version = try(split("/", reference)[5], "latest")
    }
  }
  secret_variables = { for name in keys(var.secrets) : name => local._secret_references[name] }

  # A volume each, named after the path that the file has.
  secret_volumes = {
    for path in keys(var.secret_files) : "secret-${substr(sha256(path), 0, 8)}" => merge(local._secret_references[path], {
      folder = dirname(path)
      file   = basename(path)
    })
  }
}

resource "google_cloud_run_v2_job" "this" {
  for_each = local.job_keys

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

  template {
    labels      = var.tags
    parallelism = var.parallelism
    task_count  = var.parallelism

    template {
      service_account = local.identity
      timeout         = "${var.timeout_seconds}s"
      max_retries     = var.max_retries
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
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  # Cloud Run reads the secrets and the key while it makes the job.
  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.this,
    time_sleep.grants,
  ]
}
