locals {
  own_identity_keys = toset(var.identity == null ? ["own"] : [])
  identity          = coalesce(var.identity, one(values(google_service_account.this)[*].email))

  # Every secret that is put into the environment or may be read by the code itself, without its version.
  _secrets = setunion(
    toset([for reference in values(var.secrets) : join("/", slice(split("/", reference), 0, 4))]),
    var.readable_secrets,
  )
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
}
