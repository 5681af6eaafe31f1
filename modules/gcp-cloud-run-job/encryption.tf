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
}
