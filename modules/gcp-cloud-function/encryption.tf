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
