# Paths covered: of iam.tf and schedule.tf what is waited for, whom the caller lets in, and the account of somebody else's that starts the job.

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

run "nothing_granted_nothing_waited_for" {
  command = plan

  variables {
    readable_secrets = ["projects/acme-data-prod/secrets/webhook"]
  }

  assert {
    condition     = length(time_sleep.grants) == 0
    error_message = "What only the code reads must not hold up the job."
  }
}

run "secrets_and_key_have_time_to_spread" {
  command = apply

  variables {
    secrets      = { API_KEY = "projects/acme-data-prod/secrets/api-key/versions/2" }
    secret_files = { "/secrets/db/password" = "projects/acme-shared/secrets/db" }
    kms_key_id   = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
  }

  assert {
    condition     = time_sleep.grants["grants"].create_duration == "90s"
    error_message = "Grants take up to minutes to spread."
  }

  assert {
    condition = time_sleep.grants["grants"].triggers == tomap({
      identity = "runner@acme-data-prod.iam.gserviceaccount.com"
      key      = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
      secrets  = "projects/acme-data-prod/secrets/api-key projects/acme-shared/secrets/db"
    })
    error_message = "Another secret, key or account must be waited for again, another version of a secret must not."
  }
}

run "grants_of_others_are_not_waited_for" {
  command = plan

  variables {
    identity      = "etl-runner@acme-data-prod.iam.gserviceaccount.com"
    secrets       = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
    kms_key_id    = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    kms_key_grant = false
  }

  assert {
    condition     = length(time_sleep.grants) == 0
    error_message = "Where the module grants nothing there is nothing to wait for."
  }
}

run "whom_the_caller_lets_in" {
  command = plan

  variables {
    iam = {
      "roles/run.invoker"                   = ["group:data@example.com", "serviceAccount:airflow@acme-tools.iam.gserviceaccount.com"]
      "roles/run.jobsExecutorWithOverrides" = ["principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/main"]
    }
  }

  assert {
    condition = { for grant in google_cloud_run_v2_job_iam_member.this : "${grant.role} ${grant.member}" => grant.name } == {
      "roles/run.invoker group:data@example.com"                                                                                             = "acme-prod-stripe"
      "roles/run.invoker serviceAccount:airflow@acme-tools.iam.gserviceaccount.com"                                                          = "acme-prod-stripe"
      "roles/run.jobsExecutorWithOverrides principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/main" = "acme-prod-stripe"
    }
    error_message = "Each principal must get its role on this job, one by one."
  }
}

run "whom_the_caller_lets_see_workers" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    iam     = { "roles/run.viewer" = ["group:data@example.com"] }
  }

  assert {
    condition     = length(google_cloud_run_v2_job_iam_member.this) == 0 && google_cloud_run_v2_worker_pool_iam_member.this["roles/run.viewer group:data@example.com"].name == "acme-prod-stripe"
    error_message = "Of workers the roles must be on the worker pool."
  }
}

run "everybody_is_never_let_in" {
  command = plan

  variables {
    iam = { "roles/run.invoker" = ["allUsers"] }
  }

  expect_failures = [var.iam]
}

run "basic_roles_are_too_much" {
  command = plan

  variables {
    iam = { "roles/editor" = ["group:data@example.com"] }
  }

  expect_failures = [var.iam]
}

run "one_account_starts_many_jobs" {
  command = apply

  variables {
    schedule                  = { expression = "0 2 * * *" }
    scheduler_service_account = "schedules@acme-data-prod.iam.gserviceaccount.com"
  }

  assert {
    condition = (
      length(google_service_account.scheduler) == 0
      && google_cloud_run_v2_job_iam_member.scheduler["schedule"].member == "serviceAccount:schedules@acme-data-prod.iam.gserviceaccount.com"
      && google_cloud_scheduler_job.this["schedule"].http_target[0].oauth_token[0].service_account_email == "schedules@acme-data-prod.iam.gserviceaccount.com"
      && output.scheduler_service_account_email == "schedules@acme-data-prod.iam.gserviceaccount.com"
    )
    error_message = "The account that is given must be let start the job, and start it."
  }
}

run "an_account_that_starts_nothing" {
  command = plan

  variables {
    scheduler_service_account = "schedules@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.scheduler_service_account]
}

run "an_account_that_cannot_be" {
  command = plan

  variables {
    schedule                  = { expression = "0 2 * * *" }
    scheduler_service_account = "etl@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.scheduler_service_account]
}

run "an_identity_that_cannot_be" {
  command = plan

  variables {
    identity = "1etl-runner@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "an_identity_that_google_made" {
  command = plan

  variables {
    identity = "123456789012-compute@developer.gserviceaccount.com"
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].service_account == "123456789012-compute@developer.gserviceaccount.com"
    error_message = "The default account of Compute Engine must pass."
  }
}
