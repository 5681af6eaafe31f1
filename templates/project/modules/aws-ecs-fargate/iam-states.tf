# The role of the state machine: it starts, watches and stops tasks of this one job on this one cluster.

locals {
  on_this_cluster = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
  tasks_arn       = "arn:${local.partition}:ecs:${local.region}:${local.account_id}:task/${local.cluster_name}/*"

  state_machine_arn = "arn:${local.partition}:states:${local.region}:${local.account_id}:stateMachine:${local.name}"

  overlap_statements = [for machine in [local.state_machine_arn] : {
    Sid      = "SeeOtherRuns"
    Effect   = "Allow"
    Action   = ["states:ListExecutions"]
    Resource = [machine]
  } if !var.overlapping_runs]

  states_statements = concat(local.overlap_statements, [
    {
      Sid       = "RunTask"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = ["arn:${local.partition}:ecs:${local.region}:${local.account_id}:task-definition/${local.name}:*"]
      Condition = local.on_this_cluster
    },
    {
      Sid       = "WatchAndStopTask"
      Effect    = "Allow"
      Action    = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource  = [local.tasks_arn]
      Condition = local.on_this_cluster
    },
    {
      Sid       = "TagTaskAtStart"
      Effect    = "Allow"
      Action    = ["ecs:TagResource"]
      Resource  = [local.tasks_arn]
      Condition = { StringEquals = { "ecs:CreateAction" = "RunTask" } }
    },
    {
      Sid       = "PassTaskRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [aws_iam_role.execution.arn, local.task_role_arn]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      # The rule by which Step Functions learns that a task has ended; it makes one for the whole account.
      # https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
      Sid      = "HearOfTaskEnd"
      Effect   = "Allow"
      Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
      Resource = ["arn:${local.partition}:events:${local.region}:${local.account_id}:rule/StepFunctionsGetEventsForECSTaskRule"]
    },
    {
      Sid    = "DeliverLogs"
      Effect = "Allow"
      Action = [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ]
      Resource = ["*"] # The actions of log delivery know no resources.
    },
  ])
}

resource "aws_iam_role" "states" {
  for_each = toset(local.is_job ? ["this"] : [])

  name        = "${local.name}-states"
  description = "Lets Step Functions run ${local.name}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "states.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = local.state_machine_arn }
      }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "states" {
  for_each = aws_iam_role.states

  name        = "${local.name}-states"
  description = "Tasks of ${local.name}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.states_statements })
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "states" {
  for_each = aws_iam_policy.states

  role       = aws_iam_role.states[each.key].name
  policy_arn = each.value.arn
}
