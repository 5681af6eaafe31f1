# Paths covered: network.tf. Private means that all traffic goes through the VPC; a connector and direct egress exclude each other.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "no_network_no_vpc" {
  command = plan

  assert {
    condition     = length(google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access) == 0
    error_message = "Without a connector, network or subnetwork there must be no VPC access."
  }
}

run "private_sends_everything_through_the_connector" {
  command = plan

  variables {
    network = { connector = "projects/acme-net/locations/europe-west1/connectors/etl" }
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].egress == "ALL_TRAFFIC" && google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].connector == "projects/acme-net/locations/europe-west1/connectors/etl"
    error_message = "private, the default, must be ALL_TRAFFIC."
  }

  assert {
    condition     = length(google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].network_interfaces) == 0
    error_message = "A connector must not be mixed with direct egress."
  }
}

run "not_private_sends_private_ranges_only" {
  command = plan

  variables {
    network = { connector = "etl", private = false }
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY"
    error_message = "private = false must be PRIVATE_RANGES_ONLY."
  }
}

run "direct_egress" {
  command = plan

  variables {
    network = { network = "data", subnetwork = "etl", network_tags = ["nat", "etl"] }
  }

  assert {
    condition = (
      google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].egress == "ALL_TRAFFIC"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].connector == null
      && google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].network_interfaces[0].network == "data"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].network_interfaces[0].subnetwork == "etl"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].vpc_access[0].network_interfaces[0].tags == tolist(["etl", "nat"])
    )
    error_message = "Direct egress must name network, subnetwork and sorted tags, and send all traffic."
  }
}

run "connector_and_direct_egress_exclude_each_other" {
  command = plan

  variables {
    network = { connector = "etl", subnetwork = "etl" }
  }

  expect_failures = [var.network]
}

run "tags_need_direct_egress" {
  command = plan

  variables {
    network = { connector = "etl", network_tags = ["etl"] }
  }

  expect_failures = [var.network]
}

run "tags_are_network_tags" {
  command = plan

  variables {
    network = { subnetwork = "etl", network_tags = ["Etl"] }
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
