# When it runs. Paths covered: schedule.tf. Cloud Scheduler calls the function at its run.app address with an OIDC token of an account that may
# call just this function; it waits for the end; a schedule can be paused.

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
  target = google_service_account.scheduler
  values = {
    email  = "starter@acme-data-prod.iam.gserviceaccount.com"
    member = "serviceAccount:starter@acme-data-prod.iam.gserviceaccount.com"
  }
}

run "no_schedule_no_scheduler" {
  assert {
    condition     = length(google_cloud_scheduler_job.this) + length(google_service_account.scheduler) + length(google_cloud_run_v2_service_iam_member.scheduler) == 0
    error_message = "Without a schedule there must be no scheduler, account or grant."
  }
}

run "the_schedule_calls_the_function_with_an_oidc_token" {
  variables {
    schedule    = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
    max_retries = 2
  }

  assert {
    condition = (
      google_cloud_scheduler_job.this["schedule"].http_target[0].uri == "https://acme-prod-rates-123456789012.europe-west1.run.app"
      && google_cloud_scheduler_job.this["schedule"].http_target[0].oidc_token[0].audience == google_cloud_scheduler_job.this["schedule"].http_target[0].uri
      && google_cloud_scheduler_job.this["schedule"].http_target[0].oidc_token[0].service_account_email == "starter@acme-data-prod.iam.gserviceaccount.com"
      && length(google_cloud_scheduler_job.this["schedule"].http_target[0].oauth_token) == 0
    )
    error_message = "One's own service needs an OIDC token for its address, not an OAuth token."
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].schedule == "0 2 * * *" && google_cloud_scheduler_job.this["schedule"].time_zone == "Europe/Berlin" && google_cloud_scheduler_job.this["schedule"].paused == false
    error_message = "Expression and time zone must reach the schedule, which is active by default."
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].retry_config[0].retry_count == 2
    error_message = "A call that fails must be repeated as often as asked for."
  }
}

run "the_scheduler_may_call_this_function_only" {
  variables {
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition = (
      google_cloud_run_v2_service_iam_member.scheduler["schedule"].name == "acme-prod-rates"
      && google_cloud_run_v2_service_iam_member.scheduler["schedule"].role == "roles/run.invoker"
      && google_cloud_run_v2_service_iam_member.scheduler["schedule"].member == "serviceAccount:starter@acme-data-prod.iam.gserviceaccount.com"
    )
    error_message = "The scheduler's account must get run.invoker on the function's own service."
  }
}

run "a_call_lasts_as_long_as_the_run" {
  variables {
    schedule        = { expression = "0 2 * * *" }
    timeout_seconds = 540
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].attempt_deadline == "600s"
    error_message = "The scheduler must wait for the run, and a cold start on top."
  }
}

run "a_call_lasts_half_an_hour_at_most" {
  variables {
    schedule        = { expression = "0 2 * * *" }
    timeout_seconds = 1800
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].attempt_deadline == "1800s"
    error_message = "Cloud Scheduler takes deadlines of 30 minutes at most."
  }
}

run "a_schedule_can_be_paused" {
  variables {
    schedule = { expression = "0 2 * * *", enabled = false }
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].paused == true
    error_message = "enabled = false must pause the schedule."
  }
}
