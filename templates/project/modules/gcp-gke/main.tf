resource "google_container_cluster" "this" {
  # checkov:skip=CKV_GCP_65: groups need a domain of Google Workspace; authenticator_security_group names theirs where there is one, and nobody is bound to a role here.
  project             = var.project_id
  location            = var.region
  node_locations      = length(var.zones) > 0 ? sort(var.zones) : null
  name                = local.name
  description         = "Runs ${local.name}"
  resource_labels     = var.tags
  deletion_protection = var.deletion_protection
  min_master_version  = var.release

  # Nodes are in a pool of their own, so that changing them does not touch the cluster.
  remove_default_node_pool = true
  initial_node_count       = 1

  network                     = var.network.network
  subnetwork                  = var.network.subnetwork
  networking_mode             = "VPC_NATIVE"
  datapath_provider           = "ADVANCED_DATAPATH" # enforces network policies by itself
  enable_intranode_visibility = true

  enable_shielded_nodes = true
  enable_legacy_abac    = false

  release_channel {
    channel = var.release_channel
  }

  ip_allocation_policy {
    cluster_secondary_range_name  = var.pods_range_name
    services_secondary_range_name = var.services_range_name
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
  }

  # The DNS endpoint asks IAM before anything reaches the control plane, and takes no Kubernetes tokens or
  # certificates from outside. The private IP endpoint is for the nodes and for these networks.
  control_plane_endpoints_config {
    dns_endpoint_config {
      allow_external_traffic    = var.dns_endpoint
      enable_k8s_certs_via_dns  = false
      enable_k8s_tokens_via_dns = false
    }

    ip_endpoints_config {
      enabled = true
    }
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled      = false
    private_endpoint_enforcement_enabled = true

    dynamic "cidr_blocks" {
      for_each = var.authorized_networks

      content {
        display_name = cidr_blocks.key
        cidr_block   = cidr_blocks.value
      }
    }
  }

  # Calico, which Dataplane V2 does without.
  network_policy {
    enabled = false
  }

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  workload_identity_config {
    workload_pool = local.workload_pool
  }

  # Anonymous requests reach the health checks only, and bindings to everybody are refused.
  anonymous_authentication_config {
    mode = "LIMITED"
  }

  rbac_binding_config {
    enable_insecure_binding_system_authenticated   = false
    enable_insecure_binding_system_unauthenticated = false
  }

  dynamic "authenticator_groups_config" {
    for_each = var.authenticator_security_group == null ? {} : { group = var.authenticator_security_group }

    content {
      security_group = authenticator_groups_config.value
    }
  }

  binary_authorization {
    evaluation_mode = var.binary_authorization ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED"
  }

  database_encryption {
    state    = "ENCRYPTED"
    key_name = local.kms_key_id
  }

  cost_management_config {
    enabled = true
  }

  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS"]
  }

  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS"]

    managed_prometheus {
      enabled = false
    }
  }

  addons_config {
    # Nothing comes in: a job answers no requests.
    http_load_balancing {
      disabled = true
    }

    horizontal_pod_autoscaling {
      disabled = var.workers == null
    }
  }

  service_external_ips_config {
    enabled = false
  }

  maintenance_policy {
    recurring_window {
      start_time = var.maintenance_window.start_time
      end_time   = var.maintenance_window.end_time
      recurrence = var.maintenance_window.recurrence
    }
  }

  # The pool that GKE insists on at the start, one node in each zone, with the same safeguards while it is there. Its own
  # default are 100 GiB of SSD each, which is more than the quota of a new project.
  node_config {
    machine_type      = "e2-medium"
    disk_size_gb      = 30
    disk_type         = "pd-standard"
    service_account   = google_service_account.nodes.email
    oauth_scopes      = local.node_scopes
    boot_disk_kms_key = local.kms_key_id
    image_type        = "COS_CONTAINERD"
    labels            = local.node_labels
    resource_labels   = var.tags
    metadata          = { disable-legacy-endpoints = "true" }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  lifecycle {
    # Once the first pool is gone, the API shows another pool's nodes here.
    ignore_changes = [node_config]
  }

  depends_on = [
    google_kms_crypto_key_iam_member.this,
    google_project_iam_member.nodes,
    time_sleep.key,
  ]
}
