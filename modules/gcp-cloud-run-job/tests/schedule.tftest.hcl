# Paths covered: schedule.tf. Cloud Scheduler starts the job through the Cloud Run Admin API with an OAuth token of an account that may run just
# this job; a schedule can be paused.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "starter@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:starter@acme-data-prod.iam.gserviceaccount.com"
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

run "no_schedule_no_scheduler" {
  command = plan

  assert {
    condition     = length(google_cloud_scheduler_job.this) + length(google_service_account.scheduler) + length(google_cloud_run_v2_job_iam_member.scheduler) == 0
    error_message = "Without a schedule there must be no scheduler, account or grant."
  }
}

run "the_schedule_calls_the_run_api_with_an_oauth_token" {
  command = apply

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].http_target[0].uri == "https://run.googleapis.com/v2/projects/acme-data-prod/locations/europe-west1/jobs/acme-prod-stripe:run" && google_cloud_scheduler_job.this["schedule"].http_target[0].http_method == "POST"
    error_message = "The schedule must call the job's :run address."
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].http_target[0].oauth_token[0].service_account_email == "starter@acme-data-prod.iam.gserviceaccount.com" && length(google_cloud_scheduler_job.this["schedule"].http_target[0].oidc_token) == 0
    error_message = "A Google API needs an OAuth token, not an OIDC token."
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].schedule == "0 2 * * *" && google_cloud_scheduler_job.this["schedule"].time_zone == "Europe/Berlin" && google_cloud_scheduler_job.this["schedule"].paused == false
    error_message = "Expression and time zone must reach the schedule, which is active by default."
  }

  assert {
    condition     = output.scheduler_job_name == "acme-prod-stripe" && output.scheduler_service_account_email == "starter@acme-data-prod.iam.gserviceaccount.com"
    error_message = "The schedule's name and account must be outputs."
  }
}

run "the_scheduler_may_run_this_job_only" {
  command = apply

  variables {
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition = (
      google_cloud_run_v2_job_iam_member.scheduler["schedule"].name == "acme-prod-stripe"
      && google_cloud_run_v2_job_iam_member.scheduler["schedule"].role == "roles/run.invoker"
      && google_cloud_run_v2_job_iam_member.scheduler["schedule"].member == "serviceAccount:starter@acme-data-prod.iam.gserviceaccount.com"
    )
    error_message = "The scheduler's account must get run.invoker on the job."
  }
}

run "a_start_does_not_wait_for_the_run" {
  command = plan

  variables {
    schedule        = { expression = "0 2 * * *" }
    timeout_seconds = 604800
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].attempt_deadline == "60s"
    error_message = "The deadline of a start (30 minutes at most) must not follow the timeout of the run."
  }
}

run "a_schedule_can_be_paused" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", enabled = false }
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].paused == true
    error_message = "enabled = false must pause the schedule."
  }
}

run "six_fields_are_refused" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * ?" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "+01:00" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_another_region" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", region = "europe-west1" }
    region   = "europe-west12"
    alerts   = {}
  }

  assert {
    condition     = google_cloud_scheduler_job.this["schedule"].region == "europe-west1" && strcontains(google_cloud_scheduler_job.this["schedule"].http_target[0].uri, "/locations/europe-west12/jobs/")
    error_message = "The schedule must be where it is wanted, and start the job where that is."
  }

  assert {
    condition     = strcontains(google_logging_metric.this["failed-starts"].filter, "resource.labels.location=\"europe-west1\"")
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
