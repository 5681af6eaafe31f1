# Paths covered: logs.tf, and of encryption.tf what concerns the logs. A bucket that comes back under a number, a key of one's own, a sink that somebody
# else has.

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }

  mock_data "google_logging_project_settings" {
    defaults = { kms_service_account_id = "cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com" }
  }

  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
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

run "a_second_bucket_has_a_name_of_its_own" {
  command = plan

  variables {
    log_bucket_generation = 2
  }

  assert {
    condition     = google_logging_project_bucket_config.this["own"].bucket_id == "acme-prod-stripe_2" && google_logging_project_sink.this["own"].destination == "logging.googleapis.com/projects/acme-data-prod/locations/europe-west1/buckets/acme-prod-stripe_2"
    error_message = "While the name of a deleted bucket is taken the next one must have another, and the sink must write there."
  }
}

run "the_logs_have_a_key" {
  command = apply

  variables {
    log_kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/logs"
  }

  assert {
    condition     = google_logging_project_bucket_config.this["own"].cmek_settings[0].kms_key_name == "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/logs"
    error_message = "The log bucket must be encrypted with the key."
  }

  assert {
    condition = (
      google_kms_crypto_key_iam_member.logs["logs"].member == "serviceAccount:cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com"
      && google_kms_crypto_key_iam_member.logs["logs"].condition[0].title == "acme-prod-stripe"
      && time_sleep.log_key["logs"].create_duration == "90s"
      && time_sleep.log_key["logs"].triggers.key == "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/logs"
    )
    error_message = "Cloud Logging's account must get the key, and the grant must have time to spread."
  }
}

run "the_key_of_the_logs_may_be_granted_elsewhere" {
  command = plan

  variables {
    log_kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/logs"
    kms_key_grant  = false
  }

  assert {
    condition     = length(google_kms_crypto_key_iam_member.logs) + length(time_sleep.log_key) == 0
    error_message = "With kms_key_grant = false nothing must be granted, nor waited for."
  }
}

run "a_sink_of_the_project_does_it" {
  command = plan

  variables {
    log_bucket_id = "projects/acme-data-prod/locations/global/buckets/_Default"
    log_sink      = false
  }

  assert {
    condition     = length(google_logging_project_bucket_config.this) + length(google_logging_project_sink.this) == 0 && output.log_bucket_id == "projects/acme-data-prod/locations/global/buckets/_Default"
    error_message = "With log_sink = false neither bucket nor sink must be made."
  }
}

run "without_a_sink_the_logs_are_elsewhere" {
  command = plan

  variables {
    log_sink = false
  }

  expect_failures = [var.log_sink]
}

run "a_bucket_of_others_has_its_own_key" {
  command = plan

  variables {
    log_bucket_id  = "projects/acme-data-prod/locations/europe-west1/buckets/etl"
    log_kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/logs"
  }

  expect_failures = [var.log_kms_key_id]
}

run "the_key_of_the_logs_is_in_the_region" {
  command = plan

  variables {
    log_kms_key_id = "projects/acme-keys/locations/us-central1/keyRings/data/cryptoKeys/logs"
  }

  expect_failures = [var.log_kms_key_id]
}

run "the_key_of_the_logs_is_a_key" {
  command = plan

  variables {
    log_kms_key_id = "data/logs"
  }

  expect_failures = [var.log_kms_key_id]
}

run "buckets_are_counted_from_1" {
  command = plan

  variables {
    log_bucket_generation = 0
  }

  expect_failures = [var.log_bucket_generation]
}
