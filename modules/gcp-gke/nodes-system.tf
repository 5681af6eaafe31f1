# Small machines that are there at all times, for the pods that GKE itself runs: the job's own may then be none.
resource "google_container_node_pool" "system" {
  project            = var.project_id
  location           = var.region
  cluster            = google_container_cluster.this.name
  name               = "system"
  node_locations     = length(var.zones) > 0 ? sort(var.zones) : null
  initial_node_count = ceil(var.system_nodes.min / local.zone_count)

  autoscaling {
    total_min_node_count = var.system_nodes.min
    total_max_node_count = var.system_nodes.max
    location_policy      = "BALANCED"
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  network_config {
    enable_private_nodes = true
  }

  node_config {
    machine_type      = var.system_nodes.instance_type
    disk_size_gb      = 30
    image_type        = "COS_CONTAINERD"
    service_account   = google_service_account.nodes.email
    oauth_scopes      = local.node_scopes
    boot_disk_kms_key = local.kms_key_id
    labels            = local.node_labels
    resource_labels   = var.tags
    tags              = sort(var.network.network_tags)
    metadata          = { disable-legacy-endpoints = "true" }

    kubelet_config {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }

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
    # As for the machines of the job.
    ignore_changes       = [initial_node_count]
    replace_triggered_by = [google_container_cluster.this.id]
  }
}
