locals {
  log_group_name = var.log_group_name == null ? "/ecs/${local.name}" : var.log_group_name
}

resource "aws_cloudwatch_log_group" "task" {
  # checkov:skip=CKV_AWS_338: how long logs are kept is the caller's choice (log_retention_days); whoever must keep them for a year says so.
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

# Why an execution failed. Groups below /aws/vendedlogs/ do not use up the account's small
# resource policy for log delivery.
resource "aws_cloudwatch_log_group" "executions" {
  # checkov:skip=CKV_AWS_338: how long logs are kept is the caller's choice (log_retention_days); whoever must keep them for a year says so.
  for_each = toset(local.is_job ? ["this"] : [])

  name              = "/aws/vendedlogs/states/${local.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
