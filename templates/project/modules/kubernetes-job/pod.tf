# What the pods of a job and of workers have in common.
locals {
  container_name = var.workers == null ? "job" : "worker"

  # Kubernetes quantities in their canonical form. Requests are as large as limits: such pods are evicted last.
  cpu     = floor(var.cpu) == var.cpu ? tostring(var.cpu) : format("%.0fm", var.cpu * 1000)
  memory  = var.memory_mib % 1024 == 0 ? "${var.memory_mib / 1024}Gi" : "${var.memory_mib}Mi"
  scratch = var.ephemeral_storage_mib % 1024 == 0 ? "${var.ephemeral_storage_mib / 1024}Gi" : "${var.ephemeral_storage_mib}Mi"
  size    = { cpu = local.cpu, ephemeral-storage = local.scratch, memory = local.memory }

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
