# Paths covered: iam.tf, storage.tf, encryption.tf. Grants are scoped to prefix, secret and key; deleting is opt-in; listing
# stays inside the prefix; an existing identity is granted nothing.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "nothing_is_granted_without_need" {
  command = plan

  assert {
    condition = (
      length(google_storage_bucket_iam_member.this) == 0
      && length(google_secret_manager_secret_iam_member.this) == 0
      && length(google_kms_crypto_key_iam_member.this) == 0
      && length(google_cloud_run_v2_job_iam_member.scheduler) == 0
    )
    error_message = "A job that uses nothing must be granted nothing."
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
    storage = { bucket = "acme-data-lake", prefix = "raw/stripe", allow_delete = true }
  }

  assert {
    condition     = { for key, grant in google_storage_bucket_iam_member.this : key => grant.role } == { data = "roles/storage.objectUser" }
    error_message = "With allow_delete one grant of objectUser must replace the two."
  }

  assert {
    condition     = startswith(google_storage_bucket_iam_member.this["data"].condition[0].expression, "resource.name.startsWith(\"projects/_/buckets/acme-data-lake/objects/raw/stripe/\") || ")
    error_message = "Deleting must be limited to objects under the prefix too."
  }
}

run "state_may_be_rewritten_in_its_own_prefix" {
  command = plan

  variables {
    storage = { bucket = "acme-data-lake", prefix = "raw/stripe", state_bucket = "acme-state", state_prefix = "stripe" }
  }

  assert {
    condition = (
      google_storage_bucket_iam_member.this["state"].bucket == "acme-state"
      && google_storage_bucket_iam_member.this["state"].role == "roles/storage.objectUser"
      && startswith(google_storage_bucket_iam_member.this["state"].condition[0].expression, "resource.name.startsWith(\"projects/_/buckets/acme-state/objects/stripe/\") || ")
    )
    error_message = "State must get objectUser, limited to its bucket and prefix."
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
    secrets = {
      API_KEY = "projects/acme-data-prod/secrets/api-key"
      OLD_KEY = "projects/acme-data-prod/secrets/api-key/versions/2"
      DSN     = "projects/acme-shared/secrets/dsn/versions/3"
    }
    readable_secrets = ["projects/acme-data-prod/secrets/webhook"]
  }

  assert {
    condition = {
      for grant in google_secret_manager_secret_iam_member.this : "${grant.project}/${grant.secret_id}" => "${grant.role} ${grant.member}"
      } == {
      for secret in ["acme-data-prod/api-key", "acme-data-prod/webhook", "acme-shared/dsn"] :
      secret => "roles/secretmanager.secretAccessor serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
    }
    error_message = "Each secret, in its own project and whatever its version, must be granted once to the job's account."
  }
}

run "an_existing_identity_is_granted_nothing" {
  command = apply

  variables {
    identity         = "etl-runner@acme-data-prod.iam.gserviceaccount.com"
    storage          = { bucket = "acme-data-lake", prefix = "raw/stripe", state_bucket = "acme-state" }
    secrets          = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
    readable_secrets = ["projects/acme-data-prod/secrets/webhook"]
  }

  assert {
    condition     = length(google_service_account.this) + length(google_storage_bucket_iam_member.this) + length(google_secret_manager_secret_iam_member.this) == 0
    error_message = "With an existing identity there must be no account and no grant."
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].service_account == "etl-runner@acme-data-prod.iam.gserviceaccount.com" && output.service_account_email == "etl-runner@acme-data-prod.iam.gserviceaccount.com" && output.service_account_name == null
    error_message = "The job must run as the given identity."
  }
}

run "the_service_agent_may_use_the_key" {
  command = apply

  variables {
    kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].encryption_key == "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    error_message = "The job must be encrypted with the key."
  }

  assert {
    condition = (
      google_kms_crypto_key_iam_member.this["this"].member == "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com"
      && google_kms_crypto_key_iam_member.this["this"].role == "roles/cloudkms.cryptoKeyEncrypterDecrypter"
      && google_kms_crypto_key_iam_member.this["this"].condition[0].title == "acme-prod-stripe"
    )
    error_message = "Cloud Run's service agent must get the key, in a grant that belongs to this job alone."
  }
}

run "the_key_may_be_granted_elsewhere" {
  command = plan

  variables {
    kms_key_id    = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    kms_key_grant = false
  }

  assert {
    condition     = length(google_kms_crypto_key_iam_member.this) == 0 && google_cloud_run_v2_job.this["job"].template[0].template[0].encryption_key != null
    error_message = "With kms_key_grant = false the key must be used without a grant."
  }
}
