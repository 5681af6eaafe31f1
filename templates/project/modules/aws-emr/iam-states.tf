# The role of the state machine: it starts, watches and stops steps on this one cluster.

locals {
  states_statements = [
    {
      # https://docs.aws.amazon.com/step-functions/latest/dg/emr-iam.html
      Sid      = "RunStep"
      Effect   = "Allow"
      Action   = ["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:CancelSteps", "elasticmapreduce:DescribeStep"]
      Resource = [local.cluster_arn]
    },
    {
      # A task with .sync hears of the end of its step by a rule that Step Functions keeps, by this name in every account.
      # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_stepfunctions_tasks.EmrAddStep.html grants the same.
      Sid      = "HearOfEnd"
      Effect   = "Allow"
      Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
      Resource = ["arn:${local.partition}:events:${local.region}:${local.account_id}:rule/StepFunctionsGetEventForEMRAddJobFlowStepsRule"]
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
  ]
}

resource "aws_iam_role" "states" {
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
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:states:${local.region}:${local.account_id}:stateMachine:${local.name}" }
      }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "states" {
  name        = "${local.name}-states"
  description = "Steps of ${local.name}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.states_statements })
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "states" {
  role       = aws_iam_role.states.name
  policy_arn = aws_iam_policy.states.arn
}
