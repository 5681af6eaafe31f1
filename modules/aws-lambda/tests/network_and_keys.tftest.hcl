# Network, log, queue and key. Paths covered:
# - no VPC; a VPC with the module's group; with groups of the caller
# - the log group, its name, its time and its key
# - the queue of dead letters and who may fill it
# - the policy of the module's key

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "the_modules_group_lets_https_out_only" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-b", "subnet-a"], egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"] }
  }

  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-a", "subnet-b"]) && aws_lambda_function.this.vpc_config[0].security_group_ids == toset([aws_security_group.this["this"].id])
    error_message = "The function must be in the subnets, in the module's group."
  }

  assert {
    condition = alltrue([for rule in aws_vpc_security_group_egress_rule.https : rule.from_port == 443 && rule.to_port == 443 && rule.ip_protocol == "tcp"]) && (
      aws_vpc_security_group_egress_rule.https["10.0.0.0/8"].cidr_ipv4 == "10.0.0.0/8" && aws_vpc_security_group_egress_rule.https["fd00::/8"].cidr_ipv6 == "fd00::/8"
    )
    error_message = "The group must let HTTPS out to the blocks, and nothing else."
  }
}

run "groups_of_the_caller" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-1", "sg-2"] }
  }

  assert {
    condition     = length(aws_security_group.this) == 0 && aws_lambda_function.this.vpc_config[0].security_group_ids == toset(["sg-1", "sg-2"]) && output.security_group_id == null
    error_message = "With groups of the caller no other must be made."
  }
}

run "the_log" {
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/acme-prod-orders" && aws_cloudwatch_log_group.this.retention_in_days == 30 && aws_cloudwatch_log_group.this.kms_key_id == aws_kms_key.this["this"].arn
    error_message = "The log must be kept for 30 days, encrypted with the module's key."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_group == aws_cloudwatch_log_group.this.name
    error_message = "The function must write to the log group that the module makes."
  }
}

run "a_log_of_ones_own_name_and_key" {
  variables {
    log_group_name     = "/etl/orders"
    log_kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/2"
    log_retention_days = 365
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/etl/orders" && aws_cloudwatch_log_group.this.kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "Name, key and time of the log must be those asked for."
  }
}

run "the_queue_is_encrypted_and_closed" {
  assert {
    condition     = aws_sqs_queue.dead_letters.kms_master_key_id == aws_kms_key.this["this"].arn && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "Dead letters must be encrypted and kept for 14 days."
  }

  assert {
    condition     = [for statement in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : statement.Effect] == ["Deny"]
    error_message = "The queue's policy must let nobody in; it only refuses plain HTTP."
  }
}

run "an_existing_role_is_let_in_by_queue_and_key" {
  variables {
    identity = "arn:aws:iam::123456789012:role/etl"
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement :
      statement.Effect == "Allow" && statement.Principal == { AWS = "arn:aws:iam::123456789012:role/etl" } && statement.Action == ["sqs:SendMessage"]
      if statement.Effect == "Allow"
    ])
    error_message = "An existing role must be able to fill the queue."
  }

  assert {
    condition     = contains([for statement in jsondecode(aws_kms_key.this["this"].policy).Statement : lookup(statement.Principal, "AWS", "")], "arn:aws:iam::123456789012:role/etl")
    error_message = "An existing role must be able to use the module's key."
  }
}

run "the_key_leaves_it_to_iam_and_to_this_log" {
  assert {
    condition     = aws_kms_key.this["this"].enable_key_rotation && aws_kms_key.this["this"].deletion_window_in_days == 30
    error_message = "The key must rotate, and be kept for a while when it is gone."
  }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.this["this"].policy).Statement : statement.Principal] == [
      { AWS = "arn:aws:iam::123456789012:root" },
      { Service = "logs.eu-central-1.amazonaws.com" },
    ]
    error_message = "The key must be open to the account's IAM policies and to CloudWatch Logs only."
  }

  assert {
    condition     = jsondecode(aws_kms_key.this["this"].policy).Statement[1].Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"] == "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/acme-prod-orders"
    error_message = "CloudWatch Logs must use the key for this log group only."
  }
}

run "own_key_stays_beside_another" {
  variables {
    kms_key_id   = "arn:aws:kms:eu-central-1:123456789012:key/2"
    keep_own_key = true
  }

  assert {
    condition     = length(aws_kms_key.this) == 1 && aws_sqs_queue.dead_letters.kms_master_key_id == var.kms_key_id && aws_cloudwatch_log_group.this.kms_key_id == var.kms_key_id
    error_message = "What is new must be encrypted with the key given, and the module's own stay to read what is old."
  }
}

run "own_key_that_is_there_anyhow" {
  command = plan

  variables {
    keep_own_key = true
  }

  expect_failures = [var.keep_own_key]
}
