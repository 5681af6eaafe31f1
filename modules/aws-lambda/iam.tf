# Policies are built with jsonencode, not with the aws_iam_policy_document data source: a mock provider answers
# a data source with random text, and the tests of this module read the policies. They are managed policies,
# not inline ones, since only those can carry tags.

locals {
  role_arn = var.identity == null ? one([for role in aws_iam_role.execution : role.arn]) : var.identity

  execution_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.log_statements,
      local.trace_statements,
      local.failure_statements,
      local.trigger_statements,
      local.variables_statements,
      local.network_statements,
      local.storage_statements,
      local.data_key_statements,
      local.secrets_statements,
    )
  })

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  policy_longest = 6144
}

# Lambda has one role for itself and for the code.
resource "aws_iam_role" "execution" {
  for_each = toset(var.identity == null ? ["this"] : [])

  name        = "${local.name}-execution"
  description = "What Lambda does for ${local.name}, and what its code may do"
  # Lambda names no source when it takes on a role, so the trust cannot name the function.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "execution" {
  for_each = aws_iam_role.execution

  name        = "${local.name}-execution"
  description = "Log, failures, network, data and secrets of ${local.name}"
  policy      = local.execution_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.execution_policy) <= local.policy_longest
      error_message = "The policy of the execution role is longer than the ${local.policy_longest} characters that IAM takes; give fewer readable_secrets, subnets, targets of storage, or buckets in access."
    }
  }
}

resource "aws_iam_role_policy_attachment" "execution" {
  for_each = aws_iam_policy.execution

  role       = aws_iam_role.execution[each.key].name
  policy_arn = each.value.arn
}
