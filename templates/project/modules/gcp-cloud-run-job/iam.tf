locals {
  own_identity_keys = toset(var.identity == null ? ["own"] : [])
  identity          = coalesce(var.identity, one(values(google_service_account.this)[*].email))

  # Secrets that Cloud Run itself reads for the job, and those that the code may read too, without their versions.
  _given_secrets = toset([for reference in concat(values(var.secrets), values(var.secret_files)) : join("/", slice(split("/", reference), 0, 4))])
  _secrets       = setunion(local._given_secrets, var.readable_secrets)
}

# The identity the containers run as. It has no role on the project: what containers print reaches Cloud
# Logging, and their metrics Cloud Monitoring, without one.
resource "google_service_account" "this" {
  for_each = local.own_identity_keys

  project      = var.project_id
  account_id   = local.account_id
  display_name = "Runs ${local.name}"
  description  = "Identity of the Cloud Run ${var.workers == null ? "job" : "worker pool"} ${local.name}"
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each = var.identity == null ? local._secrets : toset([])

  project   = split("/", each.value)[1]
  secret_id = split("/", each.value)[3]
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["own"].member

  # Runs that start before the new secret has taken effect still read the former one.
  lifecycle {
    create_before_destroy = true
  }
}

# Cloud Run reads the secrets and the key while it makes the job, and a grant takes a while to spread.
# https://docs.cloud.google.com/iam/docs/access-change-propagation
resource "time_sleep" "grants" {
  for_each = toset(length(google_kms_crypto_key_iam_member.this) > 0 || (var.identity == null && length(local._given_secrets) > 0) ? ["grants"] : [])

  create_duration = "90s"

  triggers = {
    identity = local.identity
    key      = var.kms_key_id == null ? "" : var.kms_key_id
    secrets  = join(" ", sort(local._given_secrets))
  }

  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_secret_manager_secret_iam_member.this,
  ]
}

# Whom the caller lets start, see or change it.
locals {
  _grants = merge([
    for role, principals in var.iam : { for principal in principals : "${role} ${principal}" => { role = role, member = principal } }
  ]...)
}

resource "google_cloud_run_v2_job_iam_member" "this" {
  for_each = { for key, grant in local._grants : key => grant if var.workers == null }

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_job.this["job"].name
  role     = each.value.role
  member   = each.value.member

  lifecycle {
    replace_triggered_by = [google_cloud_run_v2_job.this["job"].id]
  }
}

resource "google_cloud_run_v2_worker_pool_iam_member" "this" {
  for_each = { for key, grant in local._grants : key => grant if var.workers != null }

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_worker_pool.this["worker"].name
  role     = each.value.role
  member   = each.value.member

  lifecycle {
    replace_triggered_by = [google_cloud_run_v2_worker_pool.this["worker"].id]
  }
}
