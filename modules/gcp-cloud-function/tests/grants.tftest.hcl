# Paths covered: of iam.tf, build.tf and schedule.tf what is waited for, whom the caller lets in, and the account of somebody else's that starts the
# function; secrets as files; how long Terraform waits.

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

run "every_secret_is_waited_for" {
  command = apply

  variables {
    secrets      = { API_KEY = "projects/acme-data-prod/secrets/api-key/versions/2" }
    secret_files = { "/secrets/db/password" = "projects/acme-shared/secrets/db/versions/3" }
  }

  assert {
    condition     = time_sleep.grants.triggers.secrets == "projects/acme-data-prod/secrets/api-key projects/acme-shared/secrets/db"
    error_message = "Another secret must be waited for again, another version must not."
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this.service_config[0].secret_volumes[0].mount_path == "/secrets/db"
      && google_cloudfunctions2_function.this.service_config[0].secret_volumes[0].project_id == "acme-shared"
      && google_cloudfunctions2_function.this.service_config[0].secret_volumes[0].versions[0].path == "password"
      && google_cloudfunctions2_function.this.service_config[0].secret_volumes[0].versions[0].version == "3"
    )
    error_message = "The file must be the secret's version, in its folder."
  }
}

run "two_files_need_two_folders" {
  command = plan

  variables {
    secret_files = { "/secrets/user" = "projects/acme-data-prod/secrets/user", "/secrets/password" = "projects/acme-data-prod/secrets/db" }
  }

  expect_failures = [var.secret_files]
}

run "whom_the_caller_lets_in" {
  command = apply

  variables {
    iam = { "roles/run.invoker" = ["group:data@example.com"] }
  }

  assert {
    condition     = google_cloud_run_v2_service_iam_member.this["roles/run.invoker group:data@example.com"].name == "acme-prod-rates" && google_cloud_run_v2_service_iam_member.this["roles/run.invoker group:data@example.com"].member == "group:data@example.com"
    error_message = "The principal must be let call the function."
  }
}

run "everybody_is_never_let_in" {
  command = plan

  variables {
    iam = { "roles/run.invoker" = ["allUsers"] }
  }

  expect_failures = [var.iam]
}

run "one_account_starts_many_functions" {
  command = apply

  variables {
    schedule                  = { expression = "0 2 * * *" }
    scheduler_service_account = "schedules@acme-data-prod.iam.gserviceaccount.com"
  }

  assert {
    condition = (
      length(google_service_account.scheduler) == 0
      && google_cloud_run_v2_service_iam_member.scheduler["schedule"].member == "serviceAccount:schedules@acme-data-prod.iam.gserviceaccount.com"
      && google_cloud_scheduler_job.this["schedule"].http_target[0].oidc_token[0].service_account_email == "schedules@acme-data-prod.iam.gserviceaccount.com"
    )
    error_message = "The account that is given must be let call the function, and call it."
  }
}

run "an_account_that_calls_nothing" {
  command = plan

  variables {
    scheduler_service_account = "schedules@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.scheduler_service_account]
}

run "a_builder_that_cannot_be" {
  command = plan

  variables {
    build_service_account = "etl-@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.build_service_account]
}

run "an_identity_that_cannot_be" {
  command = plan

  variables {
    identity = "etl@acme-data-prod.iam.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "a_call_from_elsewhere" {
  command = apply

  variables {
    schedule = { expression = "0 2 * * *", region = "europe-west3" }
    alerts   = {}
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].region == "europe-west3" && output.invoke_command == "gcloud scheduler jobs run acme-prod-rates --project=acme-data-prod --location=europe-west3"
    error_message = "The schedule must be where it is wanted."
  }

  assert {
    condition     = strcontains(google_logging_metric.this["failed-starts"].filter, "resource.labels.location=\"europe-west3\"")
    error_message = "Failed starts are told where the schedule is."
  }
}

run "a_schedule_is_in_a_region" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", region = "europe" }
  }

  expect_failures = [var.schedule]
}

run "terraform_waits_as_long_as_it_is_told" {
  command = plan

  variables {
    timeouts = { create = "90m" }
  }

  assert {
    condition     = google_cloudfunctions2_function.this.timeouts.create == "90m"
    error_message = "The time must reach the function."
  }
}
