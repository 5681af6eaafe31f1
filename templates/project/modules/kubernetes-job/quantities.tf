# Quantities as Kubernetes writes them: the largest unit that leaves a whole number. A limit range in any other
# form would be a change at every plan.
locals {
  cpus = {
    for name, cpu in { pod = var.cpu, quota = local.quota.cpu } : name => (
      floor(cpu) != cpu ? format("%.0fm", cpu * 1000)
      : cpu % 1000000 == 0 ? "${cpu / 1000000}M"
      : cpu % 1000 == 0 ? "${cpu / 1000}k"
      : tostring(cpu)
    )
  }

  sizes = {
    for name, mib in { memory = var.memory_mib, quota = local.quota.memory_mib, scratch = var.ephemeral_storage_mib } : name => (
      mib % 1073741824 == 0 ? "${mib / 1073741824}Pi"
      : mib % 1048576 == 0 ? "${mib / 1048576}Ti"
      : mib % 1024 == 0 ? "${mib / 1024}Gi"
      : "${mib}Mi"
    )
  }
}
