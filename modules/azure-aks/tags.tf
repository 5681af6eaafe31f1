# AKS hands the tags of a private cluster on to the zone of its address, and Azure DNS takes 15, with names that have no
# blanks, colons or brackets and begin with no digit (learn.microsoft.com/azure/aks/use-tags,
# learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations). Everything else has all of them.
locals {
  zone_tags_most = 15
  zone_tag_name  = "^[A-Za-z_][A-Za-z0-9_.-]*$"

  # What a job is told apart and paid by, whatever the spelling of keys: CostCenter, cost_center, dativo:cost-center.
  tags_first = [
    "tenant_id", "environment", "job_name", "managed_by", "cost_center", "project", "business_unit", "team", "owner",
    "data_classification", "asset", "data_product", "domain", "source_connector", "target_connector",
  ]
  tags_folded = {
    for key in keys(var.tags) :
    key => replace(lower(replace(replace(key, "/^.*:/", ""), "/([a-z0-9])([A-Z])/", "$${1}_$${2}")), "/[^a-z0-9]+/", "_")
  }
  tags_ranked = [
    for key in concat(
      flatten([for name in local.tags_first : [for key, folded in local.tags_folded : key if folded == name]]),
      [for key, folded in local.tags_folded : key if !contains(local.tags_first, folded)],
    ) : key if can(regex(local.zone_tag_name, key))
  ]

  cluster_tag_keys = (
    var.cluster_tag_keys != null
    ? var.cluster_tag_keys
    : !var.network.private
    ? keys(var.tags)
    : slice(local.tags_ranked, 0, min(local.zone_tags_most, length(local.tags_ranked)))
  )
  cluster_tags = tomap({ for key in local.cluster_tag_keys : key => var.tags[key] })
}
