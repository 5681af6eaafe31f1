locals {
  own_identity_keys = toset(var.identity == null ? ["own"] : [])
  identity          = coalesce(var.identity, one(values(google_service_account.this)[*].email))
  workload_pool     = "${var.project_id}.svc.id.goog"

  # NAME@PROJECT.iam.gserviceaccount.com; a project of a domain (example.com:etl) is written etl.example.com there.
  _identity_domain  = var.identity == null ? [] : split(".", trimsuffix(split("@", var.identity)[1], ".iam.gserviceaccount.com"))
  _identity_project = length(local._identity_domain) > 1 ? "${join(".", slice(local._identity_domain, 1, length(local._identity_domain)))}:${local._identity_domain[0]}" : one(local._identity_domain)
  identity_name = (
    var.identity == null
    ? one(values(google_service_account.this)[*].name)
    : "projects/${local._identity_project}/serviceAccounts/${var.identity}"
  )

  # LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE taken apart; and gcr.io, which is a repository of that name since
  # Container Registry is gone (https://docs.cloud.google.com/artifact-registry/docs/transition/transition-from-gcr).
  # Nothing for other registries.
  _pkg = try(regex("^(?P<location>[a-z0-9-]+)-docker\\.pkg\\.dev/(?P<project>[a-z0-9-]+)/(?P<repository>[a-z0-9-]+)/", var.image), null)
  _gcr = try(regex("^(?P<repository>(?:(?:us|eu|asia)\\.)?gcr\\.io)/(?P<project>[a-z0-9-]+)/", var.image), null)
  _gcr_location = {
    "gcr.io"      = "us"
    "us.gcr.io"   = "us"
    "eu.gcr.io"   = "europe"
    "asia.gcr.io" = "asia"
  }

  _repositories = [for found in [local._pkg, local._gcr] : {
    project    = found.project
    location   = try(found.location, local._gcr_location[found.repository])
    repository = found.repository
  } if found != null]
  repositories = { for found in local._repositories : "image" => found if var.image_pull_grant }
}

# The identity of the job. It has no role on the project.
resource "google_service_account" "this" {
  for_each = local.own_identity_keys

  project      = var.project_id
  account_id   = local.account_id
  display_name = "Runs ${local.name}"
  description  = "Identity of the job in the cluster ${local.name}"
}

# The job's Kubernetes service account, and no other, may act as it.
resource "google_service_account_iam_member" "workload" {
  service_account_id = local.identity_name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${local.workload_pool}[${module.workload.namespace}/${module.workload.service_account_name}]"

  # The pool comes into being with a project's first cluster.
  depends_on = [google_container_cluster.this]
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each = var.identity == null ? var.readable_secrets : toset([])

  project   = split("/", each.value)[1]
  secret_id = split("/", each.value)[3]
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["own"].member
}

# The machines have an identity of their own, with the rights that nodes cannot do without.
resource "google_service_account" "nodes" {
  project      = var.project_id
  account_id   = local.nodes_account_id
  display_name = "Nodes of ${local.name}"
  description  = "Identity of the nodes of the cluster ${local.name}"
}

resource "google_project_iam_member" "nodes" {
  project = var.project_id
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes.member
}

# Nodes, not pods, pull images.
resource "google_artifact_registry_repository_iam_member" "nodes" {
  for_each = local.repositories

  project    = each.value.project
  location   = each.value.location
  repository = each.value.repository
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.nodes.member
}
