# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

mock_provider "google" {}

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

run "connector_or_direct" {
  command = plan

  variables {
    network = { connector = "c", network = "n" }
  }

  expect_failures = [var.network]
}

run "network_tags_need_a_network" {
  command = plan

  variables {
    network = { connector = "c", network_tags = ["etl"] }
  }

  expect_failures = [var.network]
}

run "network_tag_is_lower_case" {
  command = plan

  variables {
    network = { network = "n", network_tags = ["ETL"] }
  }

  expect_failures = [var.network]
}

run "a_connector_of_another_region" {
  command = plan

  variables {
    network = { connector = "projects/acme-data-prod/locations/us-central1/connectors/data" }
  }

  expect_failures = [var.network]
}

run "a_subnetwork_of_another_region" {
  command = plan

  variables {
    network = { subnetwork = "projects/acme-host/regions/us-central1/subnetworks/etl" }
  }

  expect_failures = [var.network]
}
