# Paths covered: main.tf. The cluster is private and regional, answers by its DNS endpoint or inside its network only, and keeps to
# Google's hardening; both forms of the tags are in their places.

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
