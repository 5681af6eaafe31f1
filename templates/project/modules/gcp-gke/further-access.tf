# What else the job's own identity may use, beyond its buckets and secrets: single resources, each read or written.
# An identity from outside is granted nothing.

locals {
  _access = { for entry in var.identity == null ? var.access : [] : "${entry.level} ${entry.resource}" => entry }

  _datasets      = { for key, entry in local._access : key => entry if strcontains(entry.resource, "/datasets/") && !startswith(entry.resource, "gs://") }
  _topics        = { for key, entry in local._access : key => entry if strcontains(entry.resource, "/topics/") && !startswith(entry.resource, "gs://") }
  _subscriptions = { for key, entry in local._access : key => entry if strcontains(entry.resource, "/subscriptions/") && !startswith(entry.resource, "gs://") }
  _buckets       = { for key, entry in local._access : key => entry if startswith(entry.resource, "gs://") }

  # To be merged with those of storage, whose prefixes end with a slash, too.
  _access_grants = merge([
    for key, entry in local._buckets : {
      for role, list in merge(
        { "roles/storage.objectViewer" = true },
        entry.level == "write" ? { "roles/storage.objectCreator" = false } : {},
        ) : "access ${key} ${split(".", role)[1]}" => {
        bucket = split("/", entry.resource)[2]
        prefix = join("", [for prefix in compact([trim(join("/", slice(split("/", entry.resource), 3, length(split("/", entry.resource)))), "/")]) : "${prefix}/"])
        role   = role
        list   = list
      }
    }
  ]...)
}

resource "google_bigquery_dataset_iam_member" "access" {
  for_each = local._datasets

  project    = split("/", each.value.resource)[1]
  dataset_id = split("/", each.value.resource)[3]
  role       = each.value.level == "write" ? "roles/bigquery.dataEditor" : "roles/bigquery.dataViewer"
  member     = google_service_account.this["own"].member
}

# Queries and loads are jobs of the project that pays, and fast reads are sessions in it: neither can be granted on a
# dataset, and neither opens any data. https://docs.cloud.google.com/bigquery/docs/access-control
resource "google_project_iam_member" "bigquery" {
  for_each = toset(length(local._datasets) > 0 ? ["roles/bigquery.jobUser", "roles/bigquery.readSessionUser"] : [])

  project = var.project_id
  role    = each.value
  member  = google_service_account.this["own"].member
}

resource "google_pubsub_topic_iam_member" "access" {
  for_each = local._topics

  project = split("/", each.value.resource)[1]
  topic   = split("/", each.value.resource)[3]
  role    = "roles/pubsub.publisher"
  member  = google_service_account.this["own"].member
}

resource "google_pubsub_subscription_iam_member" "access" {
  for_each = local._subscriptions

  project      = split("/", each.value.resource)[1]
  subscription = split("/", each.value.resource)[3]
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.this["own"].member
}
