locals {
  key_grant_keys = toset(var.kms_key_id != null && var.kms_key_grant ? ["grants"] : [])

  # Source archive, image and running function are kept by four products, each with an agent that uses the key.
  # https://docs.cloud.google.com/functions/docs/securing/cmek
  key_users = {
    artifact-registry = "gcp-sa-artifactregistry"
    cloud-functions   = "gcf-admin-robot"
    cloud-run         = "serverless-robot-prod"
    cloud-storage     = "gs-project-accounts"
  }
}

# Cloud Storage makes its agent for a project when somebody first asks for it.
# https://docs.cloud.google.com/storage/docs/getting-service-agent
data "google_storage_project_service_account" "this" {
  for_each = local.key_grant_keys

  project = var.project_id
}

# All functions of a project share these members, role and key. The condition, which always holds, makes the
# grants this function's own by their title: without it, destroying one job would take the key away from the others.
resource "google_kms_crypto_key_iam_member" "this" {
  for_each = length(local.key_grant_keys) > 0 ? local.key_users : {}

  crypto_key_id = var.kms_key_id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${local.project_number}@${each.value}.iam.gserviceaccount.com"

  condition {
    title       = local.name
    description = "For the function ${local.name}"
    expression  = "resource.service == \"cloudkms.googleapis.com\""
  }

  # What was encrypted with the former key stays readable until its user has the new one.
  lifecycle {
    create_before_destroy = true
  }

  depends_on = [data.google_storage_project_service_account.this]
}

# Artifact Registry tries the key at once when it makes the repository.
# https://docs.cloud.google.com/iam/docs/access-change-propagation
resource "time_sleep" "key" {
  for_each = local.key_grant_keys

  create_duration = "90s"

  triggers = {
    key = var.kms_key_id
  }

  depends_on = [google_kms_crypto_key_iam_member.this]
}

# Cloud Logging encrypts as an account of its own, which it has for each project.
# https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage
data "google_logging_project_settings" "this" {
  for_each = toset(var.log_kms_key_id != null && var.kms_key_grant ? ["logs"] : [])

  project = var.project_id
}

resource "google_kms_crypto_key_iam_member" "logs" {
  for_each = data.google_logging_project_settings.this

  crypto_key_id = var.log_kms_key_id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value.kms_service_account_id}"

  # As above, so that each job has a grant of its own.
  condition {
    title       = local.name
    description = "For the logs of the function ${local.name}"
    expression  = "resource.service == \"cloudkms.googleapis.com\""
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "time_sleep" "log_key" {
  for_each = google_kms_crypto_key_iam_member.logs

  create_duration = "90s"

  triggers = {
    key = var.log_kms_key_id
  }
}
