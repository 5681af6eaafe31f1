# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

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

run "a_network_has_a_name" {
  command = plan

  variables {
    network = { network = "", subnetwork = "etl" }
  }

  expect_failures = [var.network]
}

run "a_subnetwork_of_another_region" {
  command = plan

  variables {
    network = { network = "data", subnetwork = "projects/acme-net/regions/us-east1/subnetworks/etl" }
  }

  expect_failures = [var.network]
}

run "a_network_tag_is_a_label" {
  command = plan

  variables {
    network = { network = "data", subnetwork = "etl", network_tags = ["ETL"] }
  }

  expect_failures = [var.network]
}

run "a_range_has_a_name" {
  command = plan

  variables {
    pods_range_name = "Pods"
  }

  expect_failures = [var.pods_range_name]
}

run "a_range_of_services_has_a_name" {
  command = plan

  variables {
    services_range_name = "1"
  }

  expect_failures = [var.services_range_name]
}

run "the_internet_is_not_authorized" {
  command = plan

  variables {
    authorized_networks = { all = "0.0.0.0/0" }
  }

  expect_failures = [var.authorized_networks]
}

run "authorized_networks_are_cidr_blocks" {
  command = plan

  variables {
    authorized_networks = { one = "10.0.0.1" }
  }

  expect_failures = [var.authorized_networks]
}

run "egress_goes_to_cidr_blocks" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["example.com"] }
  }

  expect_failures = [var.network_policy]
}

run "egress_goes_to_ports" {
  command = plan

  variables {
    network_policy = { egress_ports = [0] }
  }

  expect_failures = [var.network_policy]
}

run "a_range_begins_at_its_first_address" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["1.2.3.4/0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_range_has_no_leading_zeros" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["010.0.0.0/8"] }
  }

  expect_failures = [var.network_policy]
}

run "a_range_of_ipv6_holds_no_ipv4" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["::ffff:10.0.0.0/104"] }
  }

  expect_failures = [var.network_policy]
}
