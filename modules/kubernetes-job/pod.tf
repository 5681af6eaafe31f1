# What the pods of a job and of workers have in common.
locals {
  container_name = var.workers == null ? "job" : "worker"

  # Kubernetes quantities in their canonical form. Requests are as large as limits: such pods are evicted last.
  size = merge(
    {
      cpu    = floor(var.cpu) == var.cpu ? tostring(var.cpu) : format("%.0fm", var.cpu * 1000)
      memory = var.memory_mib % 1024 == 0 ? "${var.memory_mib / 1024}Gi" : "${var.memory_mib}Mi"
    },
    var.ephemeral_storage_mib == null ? {} : { ephemeral-storage = local._scratch },
  )

  # Where the root filesystem is read-only, /tmp is all that the container can write to.
  _scratch_mib = coalesce(var.ephemeral_storage_mib, 1024)
  _scratch     = local._scratch_mib % 1024 == 0 ? "${local._scratch_mib / 1024}Gi" : "${local._scratch_mib}Mi"

  # SECRET/KEY taken apart.
  secret_references = {
    for variable, reference in var.secrets : variable => {
      name = split("/", reference)[0]
      key  = split("/", reference)[1]
    }
  }

  # The token of the Kubernetes API is mounted only where the job may read something with it. The tokens of cloud
  # identities come without it.
  mount_token = length(var.readable_secrets) > 0
}
