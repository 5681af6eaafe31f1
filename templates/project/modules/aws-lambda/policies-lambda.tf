# Statements for what Lambda itself does in the name of the function.

locals {
  log_statements = [{
    Sid      = "WriteLog"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    Resource = ["${local.log_group_arn}:*"]
  }]

  trace_statements = [{
    Sid      = "WriteTrace"
    Effect   = "Allow"
    Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    Resource = ["*"] # The actions of X-Ray know no resources.
  }]

  failure_statements = [
    {
      Sid      = "KeepFailures"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [aws_sqs_queue.dead_letters.arn]
    },
    {
      Sid       = "EncryptFailures"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = [local.key_arn]
      Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.${local.dns_suffix}" } }
    },
  ]

  variables_statements = [for key in [local.key_arn] : {
    Sid       = "DecryptVariables"
    Effect    = "Allow"
    Action    = ["kms:Decrypt"]
    Resource  = [key]
    Condition = { StringEquals = { "kms:EncryptionContext:aws:lambda:FunctionArn" = local.function_arn } }
  } if length(var.environment_variables) > 0]

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  interface_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ]

  network_statements = flatten([for network in var.network[*] : [
    {
      Sid    = "JoinNetwork"
      Effect = "Allow"
      Action = local.interface_actions
      # A shared subnet or group belongs to another account.
      Resource = concat(
        ["arn:${local.partition}:ec2:${local.region}:${local.account_id}:*/*"],
        [for id in sort(network.subnet_ids) : "arn:${local.partition}:ec2:${local.region}:*:subnet/${id}"],
        [for id in sort(network.security_group_ids) : "arn:${local.partition}:ec2:${local.region}:*:security-group/${id}"],
      )
    },
    {
      Sid      = "LookAtNetwork"
      Effect   = "Allow"
      Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      Resource = ["*"] # Actions that describe know no resources.
    },
    {
      # Lambda joins the network; the code has no business with interfaces.
      Sid       = "KeepCodeFromNetwork"
      Effect    = "Deny"
      Action    = concat(local.interface_actions, ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"])
      Resource  = ["*"]
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = [local.function_arn] } }
    },
  ]])
}
