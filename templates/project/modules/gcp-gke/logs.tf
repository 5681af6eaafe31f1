locals {
  _cluster = "resource.labels.cluster_name=\"${local.name}\" AND resource.labels.location=\"${var.region}\""
  _inside  = "${local._cluster} AND resource.labels.namespace_name=\"${local.namespace}\""

  # What the containers print, and what Kubernetes says of the job: events of pods bear the namespace as a label,
  # those of jobs and cron jobs in the entry itself.
  container_filter = "resource.type=\"k8s_container\" AND ${local._inside}"
  event_filter     = "resource.type=\"k8s_cluster\" AND ${local._cluster} AND log_id(\"events\") AND jsonPayload.involvedObject.namespace=\"${local.namespace}\""
  log_filter       = "(${local._inside}) OR (${local.event_filter})"

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
