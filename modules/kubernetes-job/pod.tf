# What the pods of a job and of workers have in common.
locals {
  container_name = var.workers == null ? "job" : "worker"

  # Requests are as large as limits: such pods are evicted last.
  cpu     = local.cpus.pod
  memory  = local.sizes.memory
  scratch = local.sizes.scratch
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
