# Paths covered: nodes.tf, nodes-system.tf. Nodes are counted for all zones together; the job has its own, which need not be there without
# a run, and GKE's pods have small ones.

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

run "no_nodes_of_the_job_without_a_run" {
  command = plan

  assert {
    condition = (
      google_container_node_pool.this.autoscaling[0].total_min_node_count == 0
      && google_container_node_pool.this.autoscaling[0].total_max_node_count == 3
      && google_container_node_pool.this.autoscaling[0].location_policy == "BALANCED"
      && google_container_node_pool.this.initial_node_count == 0
      && google_container_node_pool.this.node_config[0].machine_type == "e2-standard-4"
      && google_container_node_pool.this.node_config[0].disk_size_gb == 100
    )
    error_message = "The default must be up to 3 nodes in all, of e2-standard-4, and none to begin with."
  }
}

run "small_machines_for_what_gke_runs" {
  command = plan

  assert {
    condition = (
      google_container_node_pool.system.autoscaling[0].total_min_node_count == 1
      && google_container_node_pool.system.autoscaling[0].total_max_node_count == 3
      && google_container_node_pool.system.initial_node_count == 1
      && google_container_node_pool.system.node_config[0].machine_type == "e2-medium"
      && google_container_node_pool.system.node_config[0].disk_size_gb == 30
      && length(google_container_node_pool.system.node_config[0].taint) == 0
    )
    error_message = "GKE's own pods must find a small machine that nothing keeps them off."
  }

  assert {
    condition = (
      google_container_node_pool.this.node_config[0].taint[0].key == "dedicated"
      && google_container_node_pool.this.node_config[0].taint[0].value == "job"
      && google_container_node_pool.this.node_config[0].taint[0].effect == "NO_SCHEDULE"
    )
    error_message = "Other pods must be kept off the job's machines, which could never go otherwise."
  }

  assert {
    condition     = google_container_node_pool.system.network_config[0].enable_private_nodes && google_container_node_pool.system.node_config[0].shielded_instance_config[0].enable_secure_boot && google_container_node_pool.system.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    error_message = "The system's nodes must have the safeguards of the job's."
  }
}

run "more_and_larger_machines_for_the_system" {
  command = plan

  variables {
    system_nodes = { instance_type = "e2-standard-2", min = 2, max = 4 }
    zones        = ["europe-west1-b"]
  }

  assert {
    condition     = google_container_node_pool.system.node_config[0].machine_type == "e2-standard-2" && google_container_node_pool.system.initial_node_count == 2 && google_container_node_pool.system.autoscaling[0].total_max_node_count == 4 && google_container_node_pool.system.node_locations == toset(["europe-west1-b"])
    error_message = "Type, numbers and zones must reach the system's pool."
  }
}

run "bounds_count_all_zones_together" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 7, max = 20 }, spot = true, instance_type = "n2-standard-8", disk_gib = 200 }
  }

  assert {
    condition     = google_container_node_pool.this.initial_node_count == 3 && google_container_node_pool.this.autoscaling[0].total_min_node_count == 7 && google_container_node_pool.this.autoscaling[0].total_max_node_count == 20
    error_message = "Seven nodes in three zones must start with three in each, for GKE does not go up to min by itself, and the bounds stay those of all zones."
  }

  assert {
    condition     = google_container_node_pool.this.node_config[0].spot && google_container_node_pool.this.autoscaling[0].location_policy == "ANY" && google_container_node_pool.this.node_config[0].machine_type == "n2-standard-8" && google_container_node_pool.this.node_config[0].disk_size_gb == 200
    error_message = "Spot, machine type and disk must reach the nodes."
  }
}

run "a_pool_of_seven_nodes" {
  variables {
    nodes = { autoscaling = { min = 7, max = 20 } }
  }

  assert {
    condition     = google_container_node_pool.this.initial_node_count == 3
    error_message = "Seven nodes in three zones must start with three in each."
  }
}

run "new_bounds_do_not_replace_the_pool" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 12, max = 20 } }
  }

  assert {
    condition     = google_container_node_pool.this.initial_node_count == 3 && google_container_node_pool.this.autoscaling[0].total_min_node_count == 12
    error_message = "Another initial_node_count replaces the pool, so it must stay when the bounds change."
  }
}

run "a_fixed_count_is_spread_over_the_zones" {
  command = plan

  variables {
    nodes = { count = 4 }
    zones = ["europe-west1-c", "europe-west1-b"]
  }

  assert {
    condition     = google_container_node_pool.this.node_count == 2 && length(google_container_node_pool.this.autoscaling) == 0
    error_message = "Four nodes in two zones are two in each."
  }

  assert {
    condition     = google_container_node_pool.this.node_locations == toset(["europe-west1-b", "europe-west1-c"]) && google_container_cluster.this.node_locations == toset(["europe-west1-b", "europe-west1-c"])
    error_message = "The zones must be those given."
  }
}
