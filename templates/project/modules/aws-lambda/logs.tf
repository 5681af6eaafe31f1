locals {
  log_group_name = var.log_group_name == null ? "/aws/lambda/${local.name}" : var.log_group_name
  log_group_arn  = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:${local.log_group_name}"
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: how long logs are kept is the caller's choice (log_retention_days); whoever must keep them for a year says so.
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = local.log_key_arn
  tags              = var.tags
}
