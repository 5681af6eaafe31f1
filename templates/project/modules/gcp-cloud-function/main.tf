# Google's own agents and buckets have the project's number in their names.
data "google_project" "this" {
  for_each = toset(var.build_service_account == null || var.kms_key_id != null && var.kms_key_grant ? ["this"] : [])

  project_id = var.project_id
}

locals {
  project_number = one(values(data.google_project.this)[*].number)

  # Kubernetes quantities in their canonical form, so that what the API gives back is what was sent.
  memory = var.memory_mib % 1024 == 0 ? "${var.memory_mib / 1024}Gi" : "${var.memory_mib}Mi"

  # gs://BUCKET/OBJECT.zip[#GENERATION] taken apart.
  _source    = split("#", trimprefix(var.source_archive, "gs://"))
  source_zip = regex("^(?P<bucket>[^/]*)/?(?P<object>.*)$", local._source[0])

  # projects/P/secrets/S[/versions/V] taken apart.
  _secret_references = {
    for place, reference in merge(var.secrets, var.secret_files) : place => {
      project = split("/", reference)[1]
      secret  = split("/", reference)[3]
      version = try(split("/", reference)[5], "latest")
    }
  }
  secret_variables = { for name in keys(var.secrets) : name => local._secret_references[name] }
  secret_files     = { for path in keys(var.secret_files) : path => local._secret_references[path] }
}

resource "google_cloudfunctions2_function" "this" {
  project      = var.project_id
  location     = var.region
  name         = local.name
  description  = "Runs ${local.name}"
  kms_key_name = var.kms_key_id
  labels       = var.tags

  build_config {
    runtime           = var.release
    entry_point       = var.entry_point
    docker_repository = google_artifact_registry_repository.this.id
    service_account   = local.build_account

    source {
      storage_source {
        bucket     = local.source_zip.bucket
        object     = local.source_zip.object
        generation = try(tonumber(local._source[1]), null)
      }
    }
  }

  service_config {
    available_cpu         = tostring(var.cpu)
    available_memory      = local.memory
    timeout_seconds       = var.timeout_seconds
    service_account_email = local.identity
    environment_variables = length(var.environment_variables) == 0 ? null : var.environment_variables
    ingress_settings      = "ALLOW_INTERNAL_ONLY"

    # Runs do not overlap unless asked to, and never share an instance.
    max_instance_count               = var.max_instances
    max_instance_request_concurrency = 1
    all_traffic_on_latest_revision   = true

    vpc_connector                 = var.network.connector
    vpc_connector_egress_settings = var.network.connector == null ? null : local.connector_egress
    direct_vpc_egress             = local.direct_vpc ? "VPC_EGRESS_${local.connector_egress}" : null

    dynamic "direct_vpc_network_interface" {
      for_each = local.direct_vpc ? { vpc = var.network } : {}

      content {
        network    = direct_vpc_network_interface.value.network
        subnetwork = direct_vpc_network_interface.value.subnetwork
        tags       = sort(direct_vpc_network_interface.value.network_tags)
      }
    }

    dynamic "secret_environment_variables" {
      for_each = local.secret_variables

      content {
        key        = secret_environment_variables.key
        project_id = secret_environment_variables.value.project
        secret     = secret_environment_variables.value.secret
        version    = secret_environment_variables.value.version
      }
    }

    dynamic "secret_volumes" {
      for_each = local.secret_files

      content {
        mount_path = dirname(secret_volumes.key)
        project_id = secret_volumes.value.project
        secret     = secret_volumes.value.secret

        versions {
          path    = basename(secret_volumes.key)
          version = secret_volumes.value.version
        }
      }
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  # The function is built, and reads its secrets and its key, while it is made.
  depends_on = [
    google_artifact_registry_repository_iam_member.build,
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.this,
    time_sleep.grants,
  ]
}
