locals {
  # Either a job or a worker pool, never both.
  job_keys    = toset(var.workers == null ? ["job"] : [])
  worker_keys = toset(var.workers == null ? [] : ["worker"])

  # Kubernetes quantities in their canonical form, so that what the API gives back is what was sent.
  limits = {
    cpu    = floor(var.cpu) == var.cpu ? tostring(var.cpu) : format("%.0fm", var.cpu * 1000)
    memory = var.memory_mib % 1024 == 0 ? "${var.memory_mib / 1024}Gi" : "${var.memory_mib}Mi"
  }

  # projects/P/secrets/S[/versions/V] taken apart. Cloud Run wants the bare name inside its own project.
  secret_references = {
    for variable, reference in var.secrets : variable => {
      secret = (
        split("/", reference)[1] == var.project_id
        ? split("/", reference)[3]
        : join("/", slice(split("/", reference), 0, 4))
      )
      version = try(split("/", reference)[5], "latest")
    }
  }
}

resource "google_cloud_run_v2_job" "this" {
  for_each = local.job_keys

  project             = var.project_id
  location            = var.region
  name                = local.name
  labels              = var.tags
  deletion_protection = var.deletion_protection

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
          for_each = local.secret_references

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

  # Cloud Run reads the secrets and the key while it creates the job.
  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.this,
  ]
}
