locals {
  schedule_keys   = toset(var.schedule == null ? [] : ["schedule"])
  schedule_region = coalesce(try(var.schedule.region, null), var.region)

  own_scheduler_keys = toset(var.schedule != null && var.scheduler_service_account == null ? ["schedule"] : [])
  scheduler_account  = var.schedule == null ? null : coalesce(var.scheduler_service_account, one(values(google_service_account.scheduler)[*].email))

  # Calls that come from Cloud Scheduler are internal at this address, not at the one on cloudfunctions.net.
  uri = google_cloudfunctions2_function.this.service_config[0].uri
}

resource "google_service_account" "scheduler" {
  for_each = local.own_scheduler_keys

  project      = var.project_id
  account_id   = local.scheduler_account_id
  display_name = "Starts ${local.name}"
  description  = "Lets Cloud Scheduler call the function ${local.name}, and nothing else"
}

# A function of the second generation is called as the Cloud Run service of the same name.
resource "google_cloud_run_v2_service_iam_member" "scheduler" {
  for_each = local.schedule_keys

  project  = var.project_id
  location = var.region
  name     = google_cloudfunctions2_function.this.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${local.scheduler_account}"

  # A function that is made anew under the same name comes without its policy.
  lifecycle {
    replace_triggered_by = [google_cloudfunctions2_function.this.id]
  }
}

resource "google_cloud_scheduler_job" "this" {
  for_each = local.schedule_keys

  project     = var.project_id
  region      = local.schedule_region
  name        = local.name
  description = "Calls the function ${local.name}"
  schedule    = var.schedule.expression
  time_zone   = var.schedule.timezone
  paused      = !var.schedule.enabled
  # The call lasts as long as the run, and a cold start on top; 15 seconds to 30 minutes are what there is.
  attempt_deadline = "${min(1800, var.timeout_seconds + 60)}s"

  http_target {
    http_method = "POST"
    uri         = local.uri
    body        = base64encode("{}")

    headers = {
      "Content-Type" = "application/json"
    }

    # One's own services take an OIDC token; an OAuth access token is for Google's APIs.
    oidc_token {
      service_account_email = local.scheduler_account
      audience              = local.uri
    }
  }

  retry_config {
    retry_count          = var.max_retries
    min_backoff_duration = "30s"
    max_backoff_duration = "300s"
  }

  depends_on = [google_cloud_run_v2_service_iam_member.scheduler]
}
