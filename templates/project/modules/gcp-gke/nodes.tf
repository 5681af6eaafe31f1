locals {
  # A regional cluster has its nodes in three zones of the region unless told otherwise.
  zone_count = length(var.zones) > 0 ? length(var.zones) : 3

  autoscaling = (
    var.nodes.count != null
    ? {}
    : { nodes = coalesce(var.nodes.autoscaling, { min = 0, max = 3 }) }
  )
  # The bounds count all nodes of the pool, the number to start with those of each zone. GKE never goes below min, but
  # does not go up to it either, so that the pool must begin there; what is too much goes after some idle minutes.
  initial_node_count = one([for bounds in values(local.autoscaling) : ceil(bounds.min / local.zone_count)])

  # Only the job runs on its machines, so that they can go when it is done.
  taint = { key = "dedicated", value = "job" }

  # GKE keeps pods off these unless they ask for Arm.
  _arm = can(regex("^(c4a|n4a|t2a)-", var.nodes.instance_type))

  # What a node itself needs: writing logs and metrics, pulling images. Pods never see these, but GKE's metadata server.
  node_scopes = [
    "https://www.googleapis.com/auth/devstorage.read_only",
    "https://www.googleapis.com/auth/logging.write",
    "https://www.googleapis.com/auth/monitoring",
    "https://www.googleapis.com/auth/service.management.readonly",
    "https://www.googleapis.com/auth/servicecontrol",
    "https://www.googleapis.com/auth/trace.append",
  ]

  # Labels of Kubernetes' own domains are refused on nodes.
  node_labels = {
    for key, value in var.kubernetes_labels : key => value if !can(regex("(^|\\.)(kubernetes|k8s)\\.io/", key))
  }
}

# The machines of the job. Without a run there need not be any.
resource "google_container_node_pool" "this" {
  project            = var.project_id
  location           = var.region
  cluster            = google_container_cluster.this.name
  name               = local.name
  node_locations     = length(var.zones) > 0 ? sort(var.zones) : null
  node_count         = var.nodes.count == null ? null : var.nodes.count / local.zone_count
  initial_node_count = local.initial_node_count

  dynamic "autoscaling" {
    for_each = local.autoscaling

    content {
      total_min_node_count = autoscaling.value.min
      total_max_node_count = autoscaling.value.max
      # Spot machines are looked for where there are most of them.
      location_policy = var.nodes.spot ? "ANY" : "BALANCED"
    }
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
    machine_type      = var.nodes.instance_type
    disk_size_gb      = coalesce(var.nodes.disk_gib, 100)
    image_type        = "COS_CONTAINERD"
    spot              = var.nodes.spot
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

    taint {
      key    = local.taint.key
      value  = local.taint.value
      effect = "NO_SCHEDULE"
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
    # It says how the pool began; with new bounds of autoscaling it would be replaced for it, and its nodes with it.
    ignore_changes = [initial_node_count]
    # A new cluster has the old one's name, so that the pool that went with the old one would seem to be there.
    replace_triggered_by = [google_container_cluster.this.id]
  }

  # GKE's own pods have somewhere to go when these machines are kept for the job.
  depends_on = [google_container_node_pool.system]
}
