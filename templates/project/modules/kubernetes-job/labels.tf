locals {
  # What pods are chosen by. A deployment cannot change it, so that it holds nothing but the identity.
  selector = {
    "app.kubernetes.io/instance" = local.name
    "app.kubernetes.io/name"     = trimsuffix(substr(local._name, 0, 63), "-")
  }

  # On every object, and on every pod.
  labels = tomap(merge(
    var.tags,
    var.labels,
    local.selector,
    {
      "app.kubernetes.io/managed-by" = "terraform"
      "app.kubernetes.io/part-of"    = "dativo"
    },
  ))

  pod_labels = tomap(merge(
    local.labels,
    # Azure's webhook looks at pods that carry this label, and at no others.
    var.identity.azure_client_id == null ? {} : { "azure.workload.identity/use" = "true" },
  ))

  # A run is lost with its pod, so that a node is not given back under it. A worker can move.
  pod_annotations = tomap(merge(
    var.workers != null ? {} : {
      "cluster-autoscaler.kubernetes.io/safe-to-evict" = "false"
      "karpenter.sh/do-not-disrupt"                    = "true"
    },
    var.annotations,
  ))
}
