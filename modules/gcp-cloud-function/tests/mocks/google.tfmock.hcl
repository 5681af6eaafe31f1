# What the project answers in the tests. Accounts that must be told apart are overridden in the test files.

mock_data "google_project" {
  defaults = { number = "123456789012" }
}

mock_data "google_logging_project_settings" {
  defaults = { kms_service_account_id = "cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com" }
}

mock_data "google_storage_project_service_account" {
  defaults = { member = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com" }
}

mock_resource "google_service_account" {
  defaults = {
    email  = "own@acme-data-prod.iam.gserviceaccount.com"
    member = "serviceAccount:own@acme-data-prod.iam.gserviceaccount.com"
    name   = "projects/acme-data-prod/serviceAccounts/own@acme-data-prod.iam.gserviceaccount.com"
  }
}

mock_resource "google_artifact_registry_repository" {
  defaults = { id = "projects/acme-data-prod/locations/europe-west1/repositories/acme-prod-rates" }
}

mock_resource "google_cloudfunctions2_function" {
  defaults = {
    id = "projects/acme-data-prod/locations/europe-west1/functions/acme-prod-rates"
    service_config = {
      uri = "https://acme-prod-rates-123456789012.europe-west1.run.app"
    }
  }
}
