# The role of the state machine: it starts, watches and stops steps on this one cluster.

locals {
  states_statements = [
    {
      # Step Functions asks EMR how the step is doing: there is no rule to hear of its end by.
      # https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
      Sid      = "RunStep"
      Effect   = "Allow"
      Action   = ["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:CancelSteps", "elasticmapreduce:DescribeStep"]
      Resource = [local.cluster_arn]
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
