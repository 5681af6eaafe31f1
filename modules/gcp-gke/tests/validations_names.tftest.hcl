# What the module refuses, one wrong value a run, and what it takes at the bounds: names.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "a_project_number_is_refused" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "a_zone_is_not_a_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "a_name_has_80_characters_at_most" {
  command = plan

  variables {
    name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
  }

  expect_failures = [var.name]
}

run "a_name_is_not_a_path" {
  command = plan

  variables {
    name = "../etc"
  }

  expect_failures = [var.name]
}

run "a_tenant_has_40_characters_at_most" {
  command = plan

  variables {
    tenant = "ttttttttttttttttttttttttttttttttttttttttt"
  }

  expect_failures = [var.tenant]
}

run "an_environment_has_32_characters_at_most" {
  command = plan

  variables {
    environment = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
  }

  expect_failures = [var.environment]
}

run "a_namespace_is_a_label" {
  command = plan

  variables {
    namespace = "ETL_jobs"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_of_kubernetes" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_that_is_there_already" {
  command = plan

  variables {
    namespace = "default"
  }

  expect_failures = [var.namespace]
}
