locals {
  own_namespace  = coalesce(var.create_namespace, var.namespace == null)
  namespace_keys = toset(local.own_namespace ? ["own"] : [])
  namespace_name = coalesce(var.namespace, local.name)

  # Reading the name back makes everything inside wait for the namespace.
  namespace = one(concat(
    [for namespace in values(kubernetes_namespace_v1.this) : namespace.metadata[0].name],
    local.own_namespace ? [] : [var.namespace],
  ))

  # Without a quota of the caller's own: twice what one run takes, so that a run started by hand fits beside a
  # scheduled one; for workers one more than there may be, which a rollout needs.
  _copies = var.workers == null ? 2 * var.parallelism : var.workers.max + 1
  quota = coalesce(var.quota, {
    cpu        = local._copies * var.cpu
    memory_mib = local._copies * var.memory_mib
    pods       = local._copies
  })
}

resource "kubernetes_namespace_v1" "this" {
  for_each = local.namespace_keys

  metadata {
    name        = local.namespace_name
    annotations = var.annotations
    labels = merge(local.labels, {
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
    })
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

resource "kubernetes_resource_quota_v1" "this" {
  for_each = local.namespace_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    hard = {
      "limits.cpu"             = local.cpus.quota
      "limits.memory"          = local.sizes.quota
      "pods"                   = tostring(local.quota.pods)
      "requests.cpu"           = local.cpus.quota
      "requests.memory"        = local.sizes.quota
      "services.loadbalancers" = "0"
      "services.nodeports"     = "0"
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

# What a container gets that states no size, which the quota would refuse otherwise.
resource "kubernetes_limit_range_v1" "this" {
  for_each = local.namespace_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    limit {
      type            = "Container"
      default         = local.size
      default_request = local.size
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}
