# Where tasks run and where their output goes. Paths covered:
# - the module's security group: no way in, HTTPS out to the given blocks, IPv4 and IPv6
# - groups of the caller's own; a public address on request
# - retention and key of both log groups, a name of the caller's own
# - the state machine logs its failures without the data

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "own_group_lets_nothing_in_and_https_out" {
  assert {
    condition     = aws_security_group.this["this"].vpc_id == "vpc-1" && { for block, rule in aws_vpc_security_group_egress_rule.https : block => [rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4] } == { "0.0.0.0/0" = ["tcp", 443, 443, "0.0.0.0/0"] }
    error_message = "The module's group must have one rule: HTTPS out."
  }
}

run "way_out_can_be_narrowed" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"] }
  }

  assert {
    condition     = { for block, rule in aws_vpc_security_group_egress_rule.https : block => "${coalesce(rule.cidr_ipv4, "-")} ${coalesce(rule.cidr_ipv6, "-")}" } == { "10.0.0.0/8" = "10.0.0.0/8 -", "fd00::/8" = "- fd00::/8" }
    error_message = "Each block must have a rule of its own address family."
  }
}

run "callers_groups_are_used_alone" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-b", "sg-a"] }
  }

  assert {
    condition     = length(aws_security_group.this) + length(aws_vpc_security_group_egress_rule.https) == 0 && output.security_group_id == null
    error_message = "No group must be made beside the caller's."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups == ["sg-a", "sg-b"]
    error_message = "Tasks must be in the caller's groups."
  }
}

run "public_address_is_given_on_request" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], private = false }
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp == "ENABLED"
    error_message = "With private = false tasks must get a public address."
  }
}

run "logs_are_kept_for_a_month" {
  assert {
    condition     = aws_cloudwatch_log_group.task.retention_in_days == 30 && aws_cloudwatch_log_group.executions["this"].retention_in_days == 30
    error_message = "Without a setting logs must be kept for 30 days, not for ever."
  }
}

run "logs_take_name_period_and_key" {
  variables {
    log_group_name     = "/etl/orders"
    log_kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    log_retention_days = 365
  }

  assert {
    condition     = aws_cloudwatch_log_group.task.name == "/etl/orders" && output.log_group_name == "/etl/orders"
    error_message = "The group must have the name given."
  }

  assert {
    condition     = strcontains(aws_iam_policy.execution.policy, "log-group:/etl/orders:*")
    error_message = "The right to write must be on the group with the name given."
  }

  assert {
    condition     = alltrue([for group in [aws_cloudwatch_log_group.task, aws_cloudwatch_log_group.executions["this"]] : group.retention_in_days == 365 && group.kms_key_id == var.log_kms_key_arn])
    error_message = "Both groups must have the period and the key."
  }
}

run "state_machine_logs_failures_without_data" {
  assert {
    condition     = aws_sfn_state_machine.this["this"].logging_configuration[0].level == "ERROR" && !aws_sfn_state_machine.this["this"].logging_configuration[0].include_execution_data && aws_sfn_state_machine.this["this"].logging_configuration[0].log_destination == "arn:aws:logs:eu-central-1:123456789012:log-group:mock:*"
    error_message = "Failures must be logged, execution data not."
  }
}
