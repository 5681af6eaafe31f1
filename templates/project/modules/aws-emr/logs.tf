locals {
  # Groups below /aws/vendedlogs/ do not use up the account's small resource policy for log delivery.
  log_group_name = "/aws/vendedlogs/states/${local.name}"
}

# Why a run failed; what its step wrote is in the bucket.
resource "aws_cloudwatch_log_group" "executions" {
  # checkov:skip=CKV_AWS_338: how long logs are kept is the caller's choice (log_retention_days); whoever must keep them for a year says so.
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = local.log_key_arn
  tags              = var.tags
}
