# Cloud Build makes a container image of the source archive. Repository and identity of the builds are the
# function's own, so that the identity needs no rights on anything else.

locals {
  own_build_keys = toset(var.build_service_account == null ? ["own"] : [])
  build_account = (
    var.build_service_account == null
    ? one(values(google_service_account.build)[*].name)
    : "projects/${var.project_id}/serviceAccounts/${var.build_service_account}"
  )
}

resource "google_artifact_registry_repository" "this" {
  project       = var.project_id
  location      = var.region
  repository_id = local.name
  description   = "Images of the function ${local.name}"
  format        = "DOCKER"
  kms_key_name  = var.kms_key_id
  labels        = var.tags

  # Each change of the source leaves an image behind.
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "2592000s"
    }
  }

  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 3
    }
  }

  depends_on = [time_sleep.key]
}

resource "google_service_account" "build" {
  for_each = local.own_build_keys

  project      = var.project_id
  account_id   = local.build_account_id
  display_name = "Builds ${local.name}"
  description  = "Lets Cloud Build make the image of the function ${local.name}"
}

resource "google_artifact_registry_repository_iam_member" "build" {
  for_each = local.own_build_keys

  project    = var.project_id
  location   = var.region
  repository = google_artifact_registry_repository.this.repository_id
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.build[each.key].member

  # Another key replaces the repository under the same name, and its policy goes with it.
  lifecycle {
    replace_triggered_by = [google_artifact_registry_repository.this.id]
  }
}

# Build logs belong to no resource but the project.
resource "google_project_iam_member" "build_logs" {
  for_each = local.own_build_keys

  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = google_service_account.build[each.key].member
}

# Cloud Functions copies the archive into a bucket of its own, which is there only once a region has functions.
# With a key its name goes on after the region. https://docs.cloud.google.com/functions/docs/building
resource "google_project_iam_member" "build_source" {
  for_each = local.own_build_keys

  project = var.project_id
  role    = "roles/storage.objectViewer"
  member  = google_service_account.build[each.key].member

  condition {
    title       = "sources of functions"
    description = "Source archives of functions in ${var.region} only"
    expression  = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-${local.project_number}-${var.region}\")"
  }
}

# Grants take a while to spread, and a build that finds them missing fails for good.
# https://docs.cloud.google.com/iam/docs/access-change-propagation
resource "time_sleep" "grants" {
  create_duration = "90s"

  triggers = {
    build   = local.build_account
    runtime = local.identity
    key     = var.kms_key_id == null ? "" : var.kms_key_id
    secrets = join(" ", sort(local._given_secrets))
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build,
    google_kms_crypto_key_iam_member.this,
    google_project_iam_member.build_logs,
    google_project_iam_member.build_source,
    google_secret_manager_secret_iam_member.this,
  ]
}
