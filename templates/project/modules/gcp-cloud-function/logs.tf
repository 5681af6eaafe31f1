locals {
  # A function of the second generation logs as the Cloud Run service that it is.
  log_filter = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.name}\" AND resource.labels.location=\"${var.region}\""

  # Reading the argument back from the resource makes the sink wait for the bucket.
  log_bucket = coalesce(var.log_bucket_id, one([
    for bucket in values(google_logging_project_bucket_config.this) :
    "projects/${var.project_id}/locations/${var.region}/buckets/${bucket.bucket_id}"
  ]))
}

resource "google_logging_project_bucket_config" "this" {
  for_each = toset(var.log_bucket_id == null ? ["own"] : [])

  project        = var.project_id
  location       = var.region
  bucket_id      = local.log_bucket_name
  description    = "Logs of ${local.name}, kept for ${var.log_retention_days} days"
  retention_days = var.log_retention_days

  dynamic "cmek_settings" {
    for_each = var.log_kms_key_id == null ? {} : { logs = var.log_kms_key_id }

    content {
      kms_key_name = cmek_settings.value
    }
  }

  # Cloud Logging tries the key at once.
  depends_on = [time_sleep.log_key]
}

# Within one project a sink may write to a log bucket without any grant.
resource "google_logging_project_sink" "this" {
  for_each = toset(var.log_sink ? ["own"] : [])

  project                = var.project_id
  name                   = local.name
  description            = "Logs of ${local.name}"
  destination            = "logging.googleapis.com/${local.log_bucket}"
  filter                 = local.log_filter
  unique_writer_identity = true
}

moved {
  from = google_logging_project_sink.this
  to   = google_logging_project_sink.this["own"]
}
