locals {
  # The cluster that each run gets for itself; none where an existing one is named.
  job_clusters = toset(var.existing_cluster_id == null ? ["main"] : [])

  # Machines out of a pool are as the pool made them: type, disks, spot.
  owns_machines = var.instance_pool_id == null

  # A cluster of machines without a disk of their own is refused unless it states a volume. A letter d behind the
  # generation, and the families d, h and i, stand for such disks; whatever else has some takes a volume as well. What
  # a cluster policy says of volumes is left to it.
  # https://docs.databricks.com/api/workspace/clusters/create#aws_attributes-ebs_volume_count
  has_own_disks = can(regex("^([dh][0-9]|i[ms]?[0-9]|[a-z]+[0-9]+[a-z]*d[a-z]*[.])", coalesce(var.nodes.instance_type, "-")))
  needs_volume  = local.owns_machines && !local.has_own_disks && var.policy_id == null
  ebs_gib       = var.nodes.disk_gib != null ? var.nodes.disk_gib : local.needs_volume ? 100 : null

  # A secret is a reference that Databricks resolves when the cluster starts; its value is in no file and no state.
  # https://docs.databricks.com/aws/en/security/secrets/secrets-spark-conf-env-var
  spark_env_vars = merge(
    var.environment_variables,
    { for name, reference in var.secrets : name => "{{secrets/${reference}}}" },
  )

  # The driver is never a machine that the cloud may take back: with it the whole run would be lost.
  # https://docs.databricks.com/api/workspace/clusters/create
  aws_attributes = {
    availability         = !local.owns_machines ? null : var.nodes.spot ? "SPOT_WITH_FALLBACK" : "ON_DEMAND"
    first_on_demand      = local.owns_machines ? 1 : null
    zone_id              = local.owns_machines ? "auto" : null
    instance_profile_arn = var.instance_profile_arn
    ebs_volume_type      = local.ebs_gib == null ? null : "GENERAL_PURPOSE_SSD"
    ebs_volume_count     = local.ebs_gib == null ? null : 1
    ebs_volume_size      = local.ebs_gib
  }
  azure_attributes = {
    availability       = var.nodes.spot ? "SPOT_WITH_FALLBACK_AZURE" : "ON_DEMAND_AZURE"
    first_on_demand    = 1
    spot_bid_max_price = var.nodes.spot ? -1 : null # the price of a machine on demand
  }
  # Availability on Google Cloud is that of the workers alone.
  gcp_attributes = {
    availability   = var.nodes.spot ? "PREEMPTIBLE_WITH_FALLBACK_GCP" : "ON_DEMAND_GCP"
    boot_disk_size = var.nodes.disk_gib
  }

  # Google Cloud encrypts every disk, and has neither setting.
  sets_disks           = var.cloud != "gcp" && local.owns_machines
  encrypts_local_disks = local.sets_disks ? var.encrypt_local_disks : null
  grows_disks          = local.sets_disks ? var.nodes.disk_gib == null : null
}
