# Cloud Run itself, not the job's identity, encrypts with the customer's key.
data "google_project" "this" {
  for_each = toset(var.kms_key_id != null && var.kms_key_grant ? ["this"] : [])

  project_id = var.project_id
}

# All jobs of a project share this member, role and key. The condition, which always holds, makes the grant
# this job's own by its title: without it, destroying one job would take the key away from the others.
resource "google_kms_crypto_key_iam_member" "this" {
  for_each = data.google_project.this

  crypto_key_id = var.kms_key_id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${each.value.number}@serverless-robot-prod.iam.gserviceaccount.com"

  condition {
    title       = local.name
    description = "For the Cloud Run resource ${local.name}"
    expression  = "resource.service == \"cloudkms.googleapis.com\""
  }

  # What was encrypted with the former key stays readable until its user has the new one.
  lifecycle {
    create_before_destroy = true
  }
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
    description = "For the logs of the Cloud Run resource ${local.name}"
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
