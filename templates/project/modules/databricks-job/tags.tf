locals {
  # The Jobs API takes 25 tags on a job, the Clusters API 45 on its cluster.
  # https://docs.databricks.com/api/workspace/jobs/create#tags
  job_tags_most = 25

  # What a job is told apart and paid by, whatever the spelling of keys: CostCenter, cost_center, dativo:cost-center.
  tags_first = [
    "tenant_id", "environment", "job_name", "managed_by", "cost_center", "project", "business_unit", "team", "owner",
    "data_classification", "asset", "data_product", "domain", "source_connector", "target_connector",
  ]
  tags_folded = {
    for key in keys(var.tags) :
    key => replace(lower(replace(replace(key, "/^.*:/", ""), "/([a-z0-9])([A-Z])/", "$${1}_$${2}")), "/[^a-z0-9]+/", "_")
  }
  tags_ranked = concat(
    flatten([for name in local.tags_first : [for key, folded in local.tags_folded : key if folded == name]]),
    [for key, folded in local.tags_folded : key if !contains(local.tags_first, folded)],
  )

  job_tag_keys = var.job_tag_keys == null ? slice(local.tags_ranked, 0, min(local.job_tags_most, length(var.tags))) : var.job_tag_keys
  job_tags     = tomap({ for key in local.job_tag_keys : key => var.tags[key] })
}
