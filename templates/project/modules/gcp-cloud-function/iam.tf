locals {
  own_identity_keys = toset(var.identity == null ? ["own"] : [])
  identity          = coalesce(var.identity, one(values(google_service_account.this)[*].email))

  # Secrets that Cloud Functions itself reads for the function, and those that the code may read too, without their versions.
  _given_secrets = toset([for reference in concat(values(var.secrets), values(var.secret_files)) : join("/", slice(split("/", reference), 0, 4))])
  _secrets       = setunion(local._given_secrets, var.readable_secrets)
}

# The identity the function runs as. It has no role on the project: what it prints reaches Cloud
# Logging, and its metrics Cloud Monitoring, without one.
resource "google_service_account" "this" {
  for_each = local.own_identity_keys

  project      = var.project_id
  account_id   = local.account_id
  display_name = "Runs ${local.name}"
  description  = "Identity of the function ${local.name}"
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

# Whom the caller lets call, see or change it, as the Cloud Run service of the same name that the function is.
resource "google_cloud_run_v2_service_iam_member" "this" {
  for_each = merge([
    for role, principals in var.iam : { for principal in principals : "${role} ${principal}" => { role = role, member = principal } }
  ]...)

  project  = var.project_id
  location = var.region
  name     = google_cloudfunctions2_function.this.name
  role     = each.value.role
  member   = each.value.member

  lifecycle {
    replace_triggered_by = [google_cloudfunctions2_function.this.id]
  }
}
