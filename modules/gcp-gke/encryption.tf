locals {
  own_key_keys = toset(var.kms_key_id == null ? ["own"] : [])
  kms_key_id   = coalesce(var.kms_key_id, one(values(google_kms_crypto_key.this)[*].id))

  # Google's services encrypt, not the nodes' or the job's identity: GKE the secrets in etcd, Compute Engine the disks.
  key_users = var.kms_key_id != null && !var.kms_key_grant ? {} : {
    compute = "compute-system"
    gke     = "container-engine-robot"
  }
}

# A ring is never deleted, and its name never free again: see kms_key_generation.
resource "google_kms_key_ring" "this" {
  for_each = local.own_key_keys

  project  = var.project_id
  location = var.region
  name     = local.key_ring_name
}

resource "google_kms_crypto_key" "this" {
  # checkov:skip=CKV_GCP_82: it encrypts this cluster alone, which holds no data of record; a retired job takes both along, and destroyed versions of the key can be restored for 30 days.
  for_each = local.own_key_keys

  key_ring                   = google_kms_key_ring.this[each.key].id
  name                       = local.name
  labels                     = var.tags
  purpose                    = "ENCRYPT_DECRYPT"
  rotation_period            = "7776000s" # 90 days
  destroy_scheduled_duration = "2592000s" # 30 days
}

data "google_project" "this" {
  for_each = toset(length(local.key_users) > 0 ? ["this"] : [])

  project_id = var.project_id
}

# All jobs of a project share these members, role and, where it is an existing one, key. The condition, which always
# holds, makes the grant this job's own by its title: without it, destroying one job would take the key away from the others.
resource "google_kms_crypto_key_iam_member" "this" {
  for_each = local.key_users

  crypto_key_id = local.kms_key_id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.this["this"].number}@${each.value}.iam.gserviceaccount.com"

  condition {
    title       = local.name
    description = "For the cluster ${local.name}"
    expression  = "resource.service == \"cloudkms.googleapis.com\""
  }

  # What was encrypted with the former key stays readable until its user has the new one.
  lifecycle {
    create_before_destroy = true
  }
}

# Grants take a while to spread, and GKE tries the key at once when it makes the cluster.
# https://docs.cloud.google.com/iam/docs/access-change-propagation
resource "time_sleep" "key" {
  for_each = toset(length(local.key_users) > 0 ? ["grants"] : [])

  create_duration = "90s"

  triggers = {
    key = local.kms_key_id
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
    description = "For the logs of the cluster ${local.name}"
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
