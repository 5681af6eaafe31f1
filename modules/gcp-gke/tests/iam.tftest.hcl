# Paths covered: iam.tf, storage.tf. Grants are scoped to prefix, secret, repository and key; deleting is opt-in; the Kubernetes
# service account and no other acts as the Google one; an existing identity is granted nothing.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "nothing_is_granted_to_the_job_without_need" {
  command = plan

  assert {
    condition     = length(google_storage_bucket_iam_member.this) == 0 && length(google_secret_manager_secret_iam_member.this) == 0
    error_message = "A job that uses nothing must be granted nothing."
  }
}

run "the_kubernetes_service_account_acts_as_the_google_one" {
  command = apply

  assert {
    condition = (
      google_service_account_iam_member.workload.role == "roles/iam.workloadIdentityUser"
      && google_service_account_iam_member.workload.member == "serviceAccount:acme-data-prod.svc.id.goog[acme-prod-stripe/${output.kubernetes_service_account_name}]"
      && google_service_account_iam_member.workload.service_account_id == "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    )
    error_message = "Just the job's Kubernetes service account in its namespace may act as the Google service account."
  }
}

run "nodes_have_an_identity_of_their_own" {
  command = apply

  assert {
    condition     = google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount" && google_project_iam_member.nodes.member == google_service_account.nodes.member && google_container_node_pool.this.node_config[0].service_account == google_service_account.nodes.email
    error_message = "The nodes must run as their own account, with the role that nodes need and no other on the project."
  }

  assert {
    condition = (
      google_artifact_registry_repository_iam_member.nodes["image"].project == "acme-data-prod"
      && google_artifact_registry_repository_iam_member.nodes["image"].location == "europe-west1"
      && google_artifact_registry_repository_iam_member.nodes["image"].repository == "etl"
      && google_artifact_registry_repository_iam_member.nodes["image"].role == "roles/artifactregistry.reader"
    )
    error_message = "The nodes must be able to pull from the image's repository, and from no other."
  }
}

run "an_image_from_elsewhere_needs_no_grant" {
  command = plan

  variables {
    image = "registry.example/etl/runner:1.4.0"
  }

  assert {
    condition     = length(google_artifact_registry_repository_iam_member.nodes) == 0
    error_message = "Only Artifact Registry has repositories to grant."
  }
}

run "an_image_of_a_repository_that_was_a_container_registry" {
  command = plan

  variables {
    image = "eu.gcr.io/acme-images/etl/runner:1.4.0"
  }

  assert {
    condition     = google_artifact_registry_repository_iam_member.nodes["image"].location == "europe" && google_artifact_registry_repository_iam_member.nodes["image"].project == "acme-images" && google_artifact_registry_repository_iam_member.nodes["image"].repository == "eu.gcr.io"
    error_message = "The nodes must be able to pull from eu.gcr.io, which is a repository of Artifact Registry."
  }
}

run "the_registry_without_a_part_of_the_world_is_in_the_us" {
  command = plan

  variables {
    image = "gcr.io/acme-images/runner@sha256:0123"
  }

  assert {
    condition     = google_artifact_registry_repository_iam_member.nodes["image"].location == "us" && google_artifact_registry_repository_iam_member.nodes["image"].repository == "gcr.io"
    error_message = "The repository gcr.io must be looked for in us."
  }
}

run "pulling_may_be_granted_elsewhere" {
  command = plan

  variables {
    image_pull_grant = false
  }

  assert {
    condition     = length(google_artifact_registry_repository_iam_member.nodes) == 0
    error_message = "With image_pull_grant = false the repository must be left alone."
  }
}

run "data_is_read_and_created_but_not_deleted" {
  command = apply

  variables {
    storage = { bucket = "acme-data-lake", prefix = "/raw/stripe/" }
  }

  assert {
    condition     = { for key, grant in google_storage_bucket_iam_member.this : key => grant.role } == { data-read = "roles/storage.objectViewer", data-write = "roles/storage.objectCreator" }
    error_message = "Without allow_delete the job must get objectViewer and objectCreator only."
  }

  assert {
    condition = (
      google_storage_bucket_iam_member.this["data-write"].condition[0].expression
      == "resource.name.startsWith(\"projects/_/buckets/acme-data-lake/objects/raw/stripe/\")"
    )
    error_message = "Creating must be limited to objects under the prefix, which ends with exactly one slash."
  }

  assert {
    condition     = alltrue([for grant in google_storage_bucket_iam_member.this : grant.member == "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com" && grant.bucket == "acme-data-lake"])
    error_message = "The grants must go to the job's own account on the given bucket."
  }

  assert {
    condition     = output.gcs_bucket == "acme-data-lake"
    error_message = "The bucket must be told."
  }
}

run "listing_is_limited_to_the_prefix" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake", prefix = "raw/stripe" }
  }

  assert {
    condition = endswith(
      google_storage_bucket_iam_member.this["data-read"].condition[0].expression,
      " || api.getAttribute(\"storage.googleapis.com/objectListPrefix\", \"\").startsWith(\"raw/stripe/\")",
    )
    error_message = "Listing is checked on the bucket, so the condition must also admit requests for the prefix, and no others."
  }
}

run "deleting_is_opt_in" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake", prefix = "raw/stripe", allow_delete = true, state_bucket = "acme-state", state_prefix = "stripe" }
  }

  assert {
    condition     = { for key, grant in google_storage_bucket_iam_member.this : key => grant.role } == { data = "roles/storage.objectUser", state = "roles/storage.objectUser" }
    error_message = "With allow_delete one grant of objectUser must replace the two; state is always rewritten."
  }

  assert {
    condition     = google_storage_bucket_iam_member.this["state"].bucket == "acme-state" && startswith(google_storage_bucket_iam_member.this["state"].condition[0].expression, "resource.name.startsWith(\"projects/_/buckets/acme-state/objects/stripe/\") || ")
    error_message = "State must be limited to its bucket and prefix."
  }
}

run "no_prefix_means_the_whole_bucket" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake" }
  }

  assert {
    condition     = alltrue([for grant in google_storage_bucket_iam_member.this : length(grant.condition) == 0])
    error_message = "Without a prefix there must be no condition."
  }
}

run "secrets_are_granted_one_by_one" {
  command = apply

  variables {
    readable_secrets = ["projects/acme-data-prod/secrets/webhook", "projects/acme-shared/secrets/dsn"]
  }

  assert {
    condition = {
      for grant in google_secret_manager_secret_iam_member.this : "${grant.project}/${grant.secret_id}" => "${grant.role} ${grant.member}"
      } == {
      for secret in ["acme-data-prod/webhook", "acme-shared/dsn"] :
      secret => "roles/secretmanager.secretAccessor serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
    }
    error_message = "Each secret, in its own project, must be granted to the job's account."
  }
}

run "an_existing_identity_is_granted_nothing" {
  command = apply

  variables {
    identity         = "etl-runner@acme-other.iam.gserviceaccount.com"
    storage          = { bucket = "acme-data-lake", prefix = "raw/stripe", state_bucket = "acme-state" }
    readable_secrets = ["projects/acme-data-prod/secrets/webhook"]
  }

  assert {
    condition     = length(google_service_account.this) + length(google_storage_bucket_iam_member.this) + length(google_secret_manager_secret_iam_member.this) == 0
    error_message = "With an existing identity there must be no account and no grant to it."
  }

  assert {
    condition     = google_service_account_iam_member.workload.service_account_id == "projects/acme-other/serviceAccounts/etl-runner@acme-other.iam.gserviceaccount.com" && output.service_account_email == "etl-runner@acme-other.iam.gserviceaccount.com"
    error_message = "The job must be able to act as the given identity, in the project that its address names."
  }
}

run "an_identity_of_a_domains_project" {
  command = plan

  variables {
    identity = "etl-runner@data.acme.com.iam.gserviceaccount.com"
  }

  assert {
    condition     = google_service_account_iam_member.workload.service_account_id == "projects/acme.com:data/serviceAccounts/etl-runner@data.acme.com.iam.gserviceaccount.com"
    error_message = "The project acme.com:data is written data.acme.com in an e-mail address."
  }
}
