# Policies are built with jsonencode, not with the aws_iam_policy_document data source: a mock provider answers
# a data source with random text, and the tests of this module read the policies. They are managed policies,
# not inline ones, since only those can carry tags.

locals {
  ecs_tasks_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account_id}:*" }
      }
    }]
  })

  execution_policy = jsonencode({ Version = "2012-10-17", Statement = local.execution_statements })
  task_policy      = jsonencode({ Version = "2012-10-17", Statement = local.task_statements })
  task_role_arn    = var.identity == null ? one([for role in aws_iam_role.task : role.arn]) : var.identity

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  policy_longest = 6144
}

# The execution role: what ECS itself does before and while the container runs.

resource "aws_iam_role" "execution" {
  name               = "${local.name}-execution"
  description        = "Lets ECS pull the image, write the logs and fetch the secrets of ${local.name}"
  assume_role_policy = local.ecs_tasks_trust
  tags               = var.tags
}

resource "aws_iam_policy" "execution" {
  name        = "${local.name}-execution"
  description = "Image, logs and secrets of ${local.name}"
  policy      = local.execution_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.execution_policy) <= local.policy_longest
      error_message = "The policy of the execution role is longer than the ${local.policy_longest} characters that IAM takes; give fewer secrets, or several fields of one secret."
    }
  }
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = aws_iam_policy.execution.arn
}

# The task role: what the code in the container does.

resource "aws_iam_role" "task" {
  for_each = toset(var.identity == null ? ["this"] : [])

  name               = "${local.name}-task"
  description        = "What the code of ${local.name} may do"
  assume_role_policy = local.ecs_tasks_trust
  tags               = var.tags
}

# No statements, no policy: IAM refuses an empty one.
resource "aws_iam_policy" "task" {
  for_each = toset(var.identity == null && (var.storage != null || length(var.readable_secrets) + length(local.access_scopes) > 0) ? ["this"] : [])

  name        = "${local.name}-task"
  description = "Data and secrets of ${local.name}"
  policy      = local.task_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.task_policy) <= local.policy_longest
      error_message = "The policy of the task role is longer than the ${local.policy_longest} characters that IAM takes; give fewer readable_secrets, targets of storage, or buckets in access."
    }
  }
}

resource "aws_iam_role_policy_attachment" "task" {
  for_each = aws_iam_policy.task

  role       = aws_iam_role.task[each.key].name
  policy_arn = each.value.arn
}
