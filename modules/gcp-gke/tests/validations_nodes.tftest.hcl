# What the module refuses, one wrong value a run, and what it takes at the bounds: the nodes.

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

run "a_machine_type_is_no_size" {
  command = plan

  variables {
    nodes = { instance_type = "large" }
  }

  expect_failures = [var.nodes]
}

run "a_machine_of_another_cloud" {
  command = plan

  variables {
    nodes = { instance_type = "m5.xlarge" }
  }

  expect_failures = [var.nodes]
}

run "machines_that_are_too_small" {
  command = plan

  variables {
    nodes = { instance_type = "e2-micro" }
  }

  expect_failures = [var.nodes]
}

run "count_or_autoscaling" {
  command = plan

  variables {
    nodes = { count = 3, autoscaling = { min = 1, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "a_count_is_spread_over_three_zones" {
  command = plan

  variables {
    nodes = { count = 4 }
  }

  expect_failures = [var.nodes]
}

run "a_count_is_spread_over_the_named_zones" {
  command = plan

  variables {
    nodes = { count = 3 }
    zones = ["europe-west1-b", "europe-west1-c"]
  }

  expect_failures = [var.nodes]
}

run "min_is_not_above_max" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 4, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "there_may_be_no_node_but_not_none_at_most" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 0, max = 0 } }
  }

  expect_failures = [var.nodes]
}

run "a_system_that_is_too_small" {
  command = plan

  variables {
    system_nodes = { instance_type = "e2-micro" }
  }

  expect_failures = [var.system_nodes]
}

run "a_system_on_arm" {
  command = plan

  variables {
    system_nodes = { instance_type = "t2a-standard-2" }
  }

  expect_failures = [var.system_nodes]
}

run "a_system_without_nodes" {
  command = plan

  variables {
    system_nodes = { min = 0 }
  }

  expect_failures = [var.system_nodes]
}

run "a_time_without_a_unit" {
  command = plan

  variables {
    timeouts = { create = "90" }
  }

  expect_failures = [var.timeouts]
}

run "a_disk_has_20_gib_at_least" {
  command = plan

  variables {
    nodes = { disk_gib = 10 }
  }

  expect_failures = [var.nodes]
}

run "a_zone_of_another_region" {
  command = plan

  variables {
    zones = ["europe-west4-a"]
  }

  expect_failures = [var.zones]
}
