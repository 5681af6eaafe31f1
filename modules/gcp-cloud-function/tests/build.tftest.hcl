# Builds and keys. Paths covered: build.tf, encryption.tf. The repository, who writes to it, what the builds' account may do; an existing account; the four agents that use a key.

mock_provider "google" {
  source = "./tests/mocks"
}

mock_provider "time" {}

variables {
  project_id     = "acme-data-prod"
  region         = "europe-west1"
  name           = "rates"
  tenant         = "acme"
  environment    = "prod"
  source_archive = "gs://acme-functions/rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"
}

override_resource {
  target = google_service_account.build
  values = {
    email  = "builds@acme-data-prod.iam.gserviceaccount.com"
    member = "serviceAccount:builds@acme-data-prod.iam.gserviceaccount.com"
    name   = "projects/acme-data-prod/serviceAccounts/builds@acme-data-prod.iam.gserviceaccount.com"
  }
}

run "images_go_to_a_repository_of_ones_own" {
  assert {
    condition     = google_artifact_registry_repository.this.repository_id == "acme-prod-rates" && google_artifact_registry_repository.this.format == "DOCKER" && google_cloudfunctions2_function.this.build_config[0].docker_repository == google_artifact_registry_repository.this.id
    error_message = "The image must go to the function's own repository."
  }

  assert {
    condition     = toset([for policy in google_artifact_registry_repository.this.cleanup_policies : policy.action]) == toset(["DELETE", "KEEP"])
    error_message = "Old images must go, the newest stay."
  }
}

run "the_builds_have_the_least_rights" {
  assert {
    condition     = google_cloudfunctions2_function.this.build_config[0].service_account == "projects/acme-data-prod/serviceAccounts/builds@acme-data-prod.iam.gserviceaccount.com"
    error_message = "The function must be built as the account made for it."
  }

  assert {
    condition = (
      google_artifact_registry_repository_iam_member.build["own"].role == "roles/artifactregistry.writer"
      && google_artifact_registry_repository_iam_member.build["own"].repository == "acme-prod-rates"
      && google_project_iam_member.build_logs["own"].role == "roles/logging.logWriter"
      && google_project_iam_member.build_source["own"].role == "roles/storage.objectViewer"
    )
    error_message = "Builds must write images and logs, and read sources."
  }

  assert {
    condition     = google_project_iam_member.build_source["own"].condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-123456789012-europe-west1\")"
    error_message = "Builds must read the sources of functions only."
  }

  assert {
    condition     = toset([google_artifact_registry_repository_iam_member.build["own"].member, google_project_iam_member.build_logs["own"].member, google_project_iam_member.build_source["own"].member]) == toset(["serviceAccount:builds@acme-data-prod.iam.gserviceaccount.com"])
    error_message = "The rights must be those of the builds' account."
  }
}

run "an_existing_account_builds" {
  variables {
    build_service_account = "cloud-build@acme-data-prod.iam.gserviceaccount.com"
  }

  assert {
    condition     = length(google_service_account.build) + length(google_project_iam_member.build_logs) + length(google_project_iam_member.build_source) + length(google_artifact_registry_repository_iam_member.build) == 0
    error_message = "An existing account must be granted nothing."
  }

  assert {
    condition     = google_cloudfunctions2_function.this.build_config[0].service_account == "projects/acme-data-prod/serviceAccounts/cloud-build@acme-data-prod.iam.gserviceaccount.com" && output.build_service_account_email == "cloud-build@acme-data-prod.iam.gserviceaccount.com"
    error_message = "The function must be built as the existing account."
  }

  assert {
    condition     = length(data.google_project.this) == 0
    error_message = "Nothing needs the project's number."
  }
}

run "four_agents_use_the_key" {
  variables {
    kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.kms_key_name == var.kms_key_id && google_artifact_registry_repository.this.kms_key_name == var.kms_key_id
    error_message = "Function and repository must have the same key."
  }

  assert {
    condition = { for key, grant in google_kms_crypto_key_iam_member.this : key => "${grant.member} ${grant.condition[0].title}" } == {
      artifact-registry = "serviceAccount:service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com acme-prod-rates"
      cloud-functions   = "serviceAccount:service-123456789012@gcf-admin-robot.iam.gserviceaccount.com acme-prod-rates"
      cloud-run         = "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com acme-prod-rates"
      cloud-storage     = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com acme-prod-rates"
    }
    error_message = "The agents of the four products must get the key, in grants that belong to this function."
  }

  assert {
    condition     = data.google_storage_project_service_account.this["grants"].project == "acme-data-prod"
    error_message = "Cloud Storage must be asked for its agent, which it makes only then."
  }

  assert {
    condition     = time_sleep.key["grants"].create_duration == "90s" && time_sleep.key["grants"].triggers["key"] == var.kms_key_id
    error_message = "Artifact Registry tries the key at once, so the repository must wait until the grants have spread, with another key anew."
  }
}

run "the_key_may_be_granted_elsewhere" {
  variables {
    kms_key_id    = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    kms_key_grant = false
  }

  assert {
    condition     = length(google_kms_crypto_key_iam_member.this) + length(time_sleep.key) + length(data.google_storage_project_service_account.this) == 0 && google_cloudfunctions2_function.this.kms_key_name == var.kms_key_id
    error_message = "With kms_key_grant = false the key must be used without a grant."
  }
}
