# Paths covered: main.tf, nodes.tf. The cluster is private and regional, answers by its DNS endpoint or inside its network only, and keeps
# to Google's hardening; nodes are counted for all zones together, and carry both forms of the tags.

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

run "the_cluster_is_private" {
  command = plan

  assert {
    condition     = google_container_cluster.this.location == "europe-west1" && google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint && google_container_node_pool.this.network_config[0].enable_private_nodes
    error_message = "The cluster must be regional, without public addresses for nodes or control plane."
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic && !google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].enable_k8s_tokens_via_dns && !google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].enable_k8s_certs_via_dns
    error_message = "The DNS endpoint must be open to IAM, and to nothing that Kubernetes itself hands out."
  }

  assert {
    condition     = length(google_container_cluster.this.master_authorized_networks_config) == 1 && length(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks) == 0 && google_container_cluster.this.master_authorized_networks_config[0].gcp_public_cidrs_access_enabled == false
    error_message = "Without authorized_networks nothing but the cluster's subnetwork may reach the private endpoint."
  }

  assert {
    condition     = google_container_cluster.this.networking_mode == "VPC_NATIVE" && google_container_cluster.this.datapath_provider == "ADVANCED_DATAPATH" && google_container_cluster.this.network_policy[0].enabled == false
    error_message = "The cluster must be VPC-native, and Dataplane V2 enforce network policies."
  }
}

run "inside_its_network_only" {
  command = plan

  variables {
    dns_endpoint        = false
    authorized_networks = { runners = "10.20.0.0/24" }
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic == false && one(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks).cidr_block == "10.20.0.0/24"
    error_message = "With dns_endpoint = false the DNS endpoint must be closed, and the networks reach the private one."
  }
}

run "the_cluster_is_hardened" {
  command = plan

  assert {
    condition = alltrue([
      google_container_cluster.this.enable_shielded_nodes,
      !google_container_cluster.this.enable_legacy_abac,
      !google_container_cluster.this.master_auth[0].client_certificate_config[0].issue_client_certificate,
      google_container_cluster.this.workload_identity_config[0].workload_pool == "acme-data-prod.svc.id.goog",
      google_container_cluster.this.anonymous_authentication_config[0].mode == "LIMITED",
      google_container_cluster.this.binary_authorization[0].evaluation_mode == "PROJECT_SINGLETON_POLICY_ENFORCE",
      !google_container_cluster.this.rbac_binding_config[0].enable_insecure_binding_system_authenticated,
      !google_container_cluster.this.rbac_binding_config[0].enable_insecure_binding_system_unauthenticated,
      google_container_cluster.this.release_channel[0].channel == "REGULAR",
      google_container_cluster.this.cost_management_config[0].enabled,
    ])
    error_message = "Shielded nodes, no legacy access, workload identity, no anonymous access, binary authorization, a release channel and cost allocation must be set."
  }

  assert {
    condition = alltrue([
      for config in [google_container_cluster.this.node_config[0], google_container_node_pool.this.node_config[0]] :
      config.workload_metadata_config[0].mode == "GKE_METADATA"
      && config.shielded_instance_config[0].enable_secure_boot
      && config.shielded_instance_config[0].enable_integrity_monitoring
      && config.metadata["disable-legacy-endpoints"] == "true"
      && config.image_type == "COS_CONTAINERD"
      && !contains(config.oauth_scopes, "https://www.googleapis.com/auth/cloud-platform")
    ])
    error_message = "The nodes, those of the first pool too, must boot securely, hide their metadata and have narrow scopes."
  }
}

run "a_retired_job_can_go" {
  command = plan

  assert {
    condition     = google_container_cluster.this.deletion_protection == false
    error_message = "By default a plain destroy must succeed."
  }
}

run "deletion_protection_is_a_choice" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = google_container_cluster.this.deletion_protection == true
    error_message = "deletion_protection must reach the cluster."
  }
}

run "both_forms_of_tags_are_in_their_places" {
  command = plan

  variables {
    tags              = { cost_center = "fin-001" }
    kubernetes_labels = { CostCenter = "FIN-001", "node.kubernetes.io/kind" = "etl", "acme.example/a" = "b" }
  }

  assert {
    condition     = google_container_cluster.this.resource_labels == tomap({ cost_center = "fin-001" }) && google_container_node_pool.this.node_config[0].resource_labels == tomap({ cost_center = "fin-001" }) && google_kms_crypto_key.this["own"].labels == tomap({ cost_center = "fin-001" })
    error_message = "Cluster, machines and key must carry all tags."
  }

  assert {
    condition     = google_container_node_pool.this.node_config[0].labels == tomap({ CostCenter = "FIN-001", "acme.example/a" = "b" })
    error_message = "Nodes must carry the Kubernetes labels but those of Kubernetes' own domains, which are refused on nodes."
  }

  assert {
    condition     = output.all_tags == tomap({ cost_center = "fin-001" }) && output.applied_labels == output.all_tags
    error_message = "The outputs must give all tags."
  }
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

run "the_first_pool_fits_the_quota_of_a_new_project" {
  command = plan

  assert {
    condition     = google_container_cluster.this.node_config[0].disk_type == "pd-standard" && google_container_cluster.this.node_config[0].disk_size_gb == 30
    error_message = "The pool that is removed at once must not ask for 100 GiB of SSD in each zone."
  }
}

run "terraform_waits_as_long_as_it_is_told" {
  command = plan

  variables {
    timeouts = { create = "30m" }
  }

  assert {
    condition     = google_container_cluster.this.timeouts.create == "30m" && google_container_cluster.this.timeouts.delete == "90m" && google_container_node_pool.this.timeouts.create == "30m" && google_container_node_pool.system.timeouts.create == "30m"
    error_message = "The timeouts must be those of cluster and pools."
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

run "networks_and_ranges_may_belong_to_another_project" {
  command = plan

  variables {
    network             = { network = "projects/acme-net/global/networks/data", subnetwork = "projects/acme-net/regions/europe-west1/subnetworks/etl", network_tags = ["etl"] }
    pods_range_name     = "pods"
    services_range_name = "services"
  }

  assert {
    condition     = google_container_cluster.this.network == "projects/acme-net/global/networks/data" && google_container_cluster.this.subnetwork == "projects/acme-net/regions/europe-west1/subnetworks/etl" && google_container_cluster.this.ip_allocation_policy[0].cluster_secondary_range_name == "pods" && google_container_cluster.this.ip_allocation_policy[0].services_secondary_range_name == "services"
    error_message = "Network, subnetwork and ranges must reach the cluster."
  }

  assert {
    condition     = google_container_node_pool.this.node_config[0].tags == tolist(["etl"])
    error_message = "Network tags belong to the nodes."
  }
}

run "a_version_within_the_channel" {
  command = plan

  variables {
    release         = "1.35.4-gke.1134000"
    release_channel = "STABLE"
  }

  assert {
    condition     = google_container_cluster.this.min_master_version == "1.35.4-gke.1134000" && google_container_cluster.this.release_channel[0].channel == "STABLE"
    error_message = "release and release_channel must reach the cluster."
  }
}

run "maintenance_on_weekends_unless_told_otherwise" {
  command = plan

  assert {
    condition     = google_container_cluster.this.maintenance_policy[0].recurring_window[0].recurrence == "FREQ=WEEKLY;BYDAY=SA,SU"
    error_message = "Upgrades must come on weekends."
  }
}
