# What the job may use beyond its one bucket and its secrets. Paths covered: datasets with the right to query, topics,
# subscriptions and buckets, read and written; further buckets that data is written to; an existing identity is granted
# nothing; what is refused.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
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

run "dataset_comes_with_the_right_to_query" {
  command = apply

  variables {
    access = [
      { resource = "projects/acme-lake/datasets/sales", level = "write" },
      { resource = "projects/acme-lake/datasets/rates", level = "read" },
    ]
  }

  assert {
    condition = jsonencode([for grant in google_bigquery_dataset_iam_member.access : [grant.project, grant.dataset_id, grant.role, grant.member]]) == jsonencode([
      ["acme-lake", "rates", "roles/bigquery.dataViewer", "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"],
      ["acme-lake", "sales", "roles/bigquery.dataEditor", "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"],
    ])
    error_message = "Each dataset must be granted by itself, to the job's own identity."
  }

  assert {
    condition     = jsonencode([for grant in google_project_iam_member.bigquery : [grant.project, grant.role]]) == jsonencode([["acme-data-prod", "roles/bigquery.jobUser"], ["acme-data-prod", "roles/bigquery.readSessionUser"]])
    error_message = "Queries and read sessions must be those of the job's own project."
  }
}

run "nothing_of_bigquery_without_a_dataset" {
  command = plan

  variables {
    access = [{ resource = "projects/acme-lake/topics/clicks", level = "write" }]
  }

  assert {
    condition     = length(google_project_iam_member.bigquery) + length(google_bigquery_dataset_iam_member.access) == 0
    error_message = "A right on the project must come with a dataset only."
  }
}

run "topic_is_published_to_and_subscription_received_from" {
  command = apply

  variables {
    access = [
      { resource = "projects/acme-lake/topics/clicks", level = "write" },
      { resource = "projects/acme-lake/subscriptions/orders", level = "read" },
    ]
  }

  assert {
    condition     = [for grant in google_pubsub_topic_iam_member.access : [grant.project, grant.topic, grant.role]] == [["acme-lake", "clicks", "roles/pubsub.publisher"]]
    error_message = "A topic must be published to only."
  }

  assert {
    condition     = [for grant in google_pubsub_subscription_iam_member.access : [grant.project, grant.subscription, grant.role]] == [["acme-lake", "orders", "roles/pubsub.subscriber"]]
    error_message = "A subscription must be received from only."
  }
}

run "bucket_is_read_below_its_prefix" {
  command = apply

  variables {
    access = [{ resource = "gs://acme-landing/erp/", level = "read" }]
  }

  assert {
    condition     = [for grant in google_storage_bucket_iam_member.this : [grant.bucket, grant.role]] == [["acme-landing", "roles/storage.objectViewer"]]
    error_message = "A bucket that is read must be read only."
  }

  assert {
    condition     = alltrue([for grant in google_storage_bucket_iam_member.this : strcontains(grant.condition[0].expression, "projects/_/buckets/acme-landing/objects/erp/\"")])
    error_message = "A prefix must bound the right, and end with a slash."
  }
}

run "data_is_written_to_further_buckets" {
  command = apply

  variables {
    storage = { bucket = "acme-landing", prefix = "raw", targets = [{ bucket = "acme-lake", prefix = "out" }] }
  }

  assert {
    condition = jsonencode({ for key, grant in google_storage_bucket_iam_member.this : key => [grant.bucket, grant.role] }) == jsonencode({
      "data-read"                  = ["acme-landing", "roles/storage.objectViewer"]
      "data-write"                 = ["acme-landing", "roles/storage.objectCreator"]
      "target acme-lake/out-read"  = ["acme-lake", "roles/storage.objectViewer"]
      "target acme-lake/out-write" = ["acme-lake", "roles/storage.objectCreator"]
    })
    error_message = "Both buckets must be reached in the same way."
  }

  assert {
    condition     = strcontains(google_storage_bucket_iam_member.this["target acme-lake/out-read"].condition[0].expression, "projects/_/buckets/acme-lake/objects/out/\"")
    error_message = "The further bucket must be reached below its own prefix."
  }
}

run "existing_identity_is_granted_nothing_more" {
  command = plan

  variables {
    identity = "etl-runner@acme-data-prod.iam.gserviceaccount.com"
    access = [
      { resource = "projects/acme-lake/datasets/sales", level = "read" },
      { resource = "projects/acme-lake/topics/clicks", level = "write" },
      { resource = "gs://acme-landing", level = "read" },
    ]
  }

  assert {
    condition     = length(google_bigquery_dataset_iam_member.access) + length(google_project_iam_member.bigquery) + length(google_pubsub_topic_iam_member.access) + length(google_storage_bucket_iam_member.this) == 0
    error_message = "The identity of somebody else must be left alone."
  }
}

run "access_to_what_has_no_row" {
  command = plan

  variables {
    access = [{ resource = "acme-lake.sales", level = "read" }]
  }

  expect_failures = [var.access]
}

run "topic_that_is_read" {
  command = plan

  variables {
    access = [{ resource = "projects/acme-lake/topics/clicks", level = "read" }]
  }

  expect_failures = [var.access]
}

run "access_given_twice" {
  command = plan

  variables {
    access = [{ resource = "gs://acme-landing", level = "read" }, { resource = "gs://acme-landing", level = "read" }]
  }

  expect_failures = [var.access]
}
