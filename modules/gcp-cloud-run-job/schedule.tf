locals {
  schedule_keys   = toset(var.schedule == null ? [] : ["schedule"])
  schedule_region = coalesce(try(var.schedule.region, null), var.region)

  own_scheduler_keys = toset(var.schedule != null && var.scheduler_service_account == null ? ["schedule"] : [])
  scheduler_account  = var.schedule == null ? null : coalesce(var.scheduler_service_account, one(values(google_service_account.scheduler)[*].email))

  # The address of the job in the Cloud Run Admin API; with :run it starts an execution.
  job_uri = "https://run.googleapis.com/v2/projects/${var.project_id}/locations/${var.region}/jobs/${local.name}"
}

resource "google_service_account" "scheduler" {
  for_each = local.own_scheduler_keys

  project      = var.project_id
  account_id   = local.scheduler_account_id
  display_name = "Starts ${local.name}"
  description  = "Lets Cloud Scheduler start the Cloud Run job ${local.name}, and nothing else"
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  for_each = local.schedule_keys

  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_job.this["job"].name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${local.scheduler_account}"

  # A job that is made anew under the same name comes without its policy.
  lifecycle {
    replace_triggered_by = [google_cloud_run_v2_job.this["job"].id]
  }
}

resource "google_cloud_scheduler_job" "this" {
  for_each = local.schedule_keys

  project     = var.project_id
  region      = local.schedule_region
  name        = local.name
  description = "Starts the Cloud Run job ${local.name}"
  schedule    = var.schedule.expression
  time_zone   = var.schedule.timezone
  paused      = !var.schedule.enabled
  # The call returns as soon as the run is accepted, however long the run then takes.
  attempt_deadline = "60s"

  http_target {
    http_method = "POST"
    uri         = "${local.job_uri}:run"
    body        = base64encode("{}")

    headers = {
      "Content-Type" = "application/json"
    }

    # A Google API takes an OAuth access token; an OIDC token is for one's own services.
    oauth_token {
      service_account_email = local.scheduler_account
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }

  # Only starting is retried here; a failed run is retried by Cloud Run (max_retries).
  retry_config {
    retry_count          = 3
    min_backoff_duration = "30s"
    max_backoff_duration = "300s"
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}
