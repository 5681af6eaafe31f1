# What the function's role may do. Paths covered:
# - the least: log, traces, failures
# - environment variables, network, storage with and without prefix and deleting, keys, secrets
# - an existing role
# - the code is kept from the network interfaces

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "the_least" {
  assert {
    condition = { for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Sid => "${join(",", statement.Action)} ${join(",", statement.Resource)}" } == {
      WriteLog        = "logs:CreateLogStream,logs:PutLogEvents arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/acme-prod-orders:*"
      WriteTrace      = "xray:PutTelemetryRecords,xray:PutTraceSegments *"
      KeepFailures    = "sqs:SendMessage arn:aws:sqs:eu-central-1:123456789012:acme-prod-orders-dead-letters"
      EncryptFailures = "kms:Decrypt,kms:GenerateDataKey arn:aws:kms:eu-central-1:123456789012:key/00000000-1111-2222-3333-444444444444"
    }
    error_message = "Without anything else the role must write its log and traces and keep its failures."
  }

  assert {
    condition     = jsondecode(aws_iam_role.execution["this"].assume_role_policy).Statement[0].Principal == { Service = "lambda.amazonaws.com" }
    error_message = "Only Lambda must take on the role."
  }
}

run "everything" {
  variables {
    environment_variables = { LOG_LEVEL = "info" }
    kms_key_id            = "arn:aws:kms:eu-west-1:123456789012:key/1"
    network               = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-b"] }
    readable_secrets = [
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/rates",
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/token-AbCdEf",
      "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/url",
    ]
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/3"]
    storage              = { bucket = "lake", prefix = "/raw/orders/", state_bucket = "state" }
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Sid => join(",", statement.Resource) } == {
      WriteLog            = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/acme-prod-orders:*"
      WriteTrace          = "*"
      KeepFailures        = "arn:aws:sqs:eu-central-1:123456789012:acme-prod-orders-dead-letters"
      EncryptFailures     = "arn:aws:kms:eu-west-1:123456789012:key/1"
      DecryptVariables    = "arn:aws:kms:eu-west-1:123456789012:key/1"
      JoinNetwork         = "arn:aws:ec2:eu-central-1:123456789012:*/*,arn:aws:ec2:eu-central-1:*:subnet/subnet-a,arn:aws:ec2:eu-central-1:*:security-group/sg-b"
      LookAtNetwork       = "*"
      KeepCodeFromNetwork = "*"
      ListData            = "arn:aws:s3:::lake"
      LocateData          = "arn:aws:s3:::lake"
      UseData             = "arn:aws:s3:::lake/raw/orders/*"
      FindData            = "arn:aws:s3:::lake/raw/orders"
      ListState           = "arn:aws:s3:::state"
      LocateState         = "arn:aws:s3:::state"
      UseState            = "arn:aws:s3:::state/*"
      UseDataKey          = "arn:aws:kms:eu-west-1:123456789012:key/1"
      ReadSecrets         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/rates-??????,arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/token-AbCdEf"
      ReadParameters      = "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/url"
      DecryptSecrets      = "arn:aws:kms:eu-central-1:123456789012:key/3"
    }
    error_message = "Each right must name its resource."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.execution["this"].policy, "s3:DeleteObject")
    error_message = "Deleting must be asked for."
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Sid => jsonencode(statement.Condition) if contains(keys(statement), "Condition") } == {
      EncryptFailures     = jsonencode({ StringEquals = { "kms:ViaService" = "sqs.eu-central-1.amazonaws.com" } })
      DecryptVariables    = jsonencode({ StringEquals = { "kms:EncryptionContext:aws:lambda:FunctionArn" = "arn:aws:lambda:eu-central-1:123456789012:function:acme-prod-orders" } })
      KeepCodeFromNetwork = jsonencode({ ArnEquals = { "lambda:SourceFunctionArn" = ["arn:aws:lambda:eu-central-1:123456789012:function:acme-prod-orders"] } })
      ListData            = jsonencode({ StringLike = { "s3:prefix" = ["raw/orders", "raw/orders/*"] } })
      UseDataKey          = jsonencode({ StringEquals = { "kms:ViaService" = ["s3.eu-west-1.amazonaws.com"] } })
      DecryptSecrets      = jsonencode({ StringEquals = { "kms:ViaService" = ["secretsmanager.eu-central-1.amazonaws.com", "ssm.eu-central-1.amazonaws.com"] } })
    }
    error_message = "Keys must be used through their services, objects listed below the prefix, and the code kept from interfaces."
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Effect if statement.Sid == "KeepCodeFromNetwork"]) == "Deny"
    error_message = "The code must be denied what Lambda does with interfaces."
  }
}

run "deleting_is_opt_in" {
  variables {
    storage = { bucket = "lake", allow_delete = true }
  }

  assert {
    condition     = contains(one([for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Action if statement.Sid == "UseData"]), "s3:DeleteObject")
    error_message = "With allow_delete objects may be deleted."
  }
}

run "an_existing_role" {
  variables {
    identity = "arn:aws:iam::123456789012:role/etl"
    storage  = { bucket = "lake" }
    network  = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"] }
  }

  assert {
    condition     = length(aws_iam_role.execution) + length(aws_iam_policy.execution) == 0 && aws_lambda_function.this.role == "arn:aws:iam::123456789012:role/etl" && output.execution_role_arn == "arn:aws:iam::123456789012:role/etl"
    error_message = "The function must run as the existing role, and nothing be granted to it."
  }
}

run "a_policy_too_long_for_iam" {
  command = plan

  variables {
    readable_secrets = [for n in range(200) : "arn:aws:ssm:eu-central-1:123456789012:parameter/a-parameter-with-a-long-name-${n}"]
  }

  override_resource {
    target          = aws_sqs_queue.dead_letters
    override_during = plan
    values          = { arn = "arn:aws:sqs:eu-central-1:123456789012:acme-prod-orders-dead-letters" }
  }

  override_resource {
    target          = aws_kms_key.this
    override_during = plan
    values          = { arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }

  expect_failures = [aws_iam_policy.execution]
}
