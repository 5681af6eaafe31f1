# Who may start runs, besides whoever may anyhow: one policy, added to the roles that others made.

locals {
  invoke_statements = [
    {
      Sid      = "StartRuns"
      Effect   = "Allow"
      Action   = ["states:StartExecution"]
      Resource = [aws_sfn_state_machine.this.arn]
    },
    {
      Sid      = "FollowRuns"
      Effect   = "Allow"
      Action   = ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"]
      Resource = ["arn:${local.partition}:states:${local.region}:${local.account_id}:execution:${local.name}:*"]
    },
  ]
}

resource "aws_iam_policy" "invoke" {
  for_each = toset(length(var.invokers) > 0 ? ["this"] : [])

  name        = "${local.name}-invoke"
  description = "Start, watch and stop runs of ${local.name}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.invoke_statements })
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "invoke" {
  for_each = var.invokers

  # The name of a role stands at the end of its ARN, after its path.
  role       = reverse(split("/", each.key))[0]
  policy_arn = aws_iam_policy.invoke["this"].arn

  lifecycle {
    precondition {
      condition     = split(":", each.key)[4] == local.account_id
      error_message = "The role ${each.key} of invokers is in another account than the job, where this module can grant nothing."
    }
  }
}
