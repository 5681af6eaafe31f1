# Who may start runs besides whoever may anyhow. Paths covered:
# - roles of others: one policy, attached to each by its name
# - none; of another account; no role

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "invokers_may_start_and_follow_runs" {
  command = plan

  variables {
    invokers = ["arn:aws:iam::123456789012:role/orchestration/dagster", "arn:aws:iam::123456789012:role/airflow"]
  }

  override_resource {
    target          = aws_sfn_state_machine.this
    values          = { arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" }
    override_during = plan
  }

  assert {
    condition     = toset([for attachment in aws_iam_role_policy_attachment.invoke : attachment.role]) == toset(["airflow", "dagster"])
    error_message = "The policy must be added to each role by its name, whatever its path."
  }

  assert {
    condition = jsondecode(aws_iam_policy.invoke["this"].policy).Statement == [
      { Sid = "StartRuns", Effect = "Allow", Action = ["states:StartExecution"], Resource = ["arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders"] },
      { Sid = "FollowRuns", Effect = "Allow", Action = ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"], Resource = ["arn:aws:states:eu-central-1:123456789012:execution:acme-prod-orders:*"] },
    ]
    error_message = "Invokers must be allowed to start, watch and stop runs of this job, and no others."
  }
}

run "no_invokers_no_policy" {
  assert {
    condition     = length(aws_iam_policy.invoke) + length(aws_iam_role_policy_attachment.invoke) == 0
    error_message = "Unasked no role of others must be touched."
  }

  assert {
    condition     = output.invoke_command == "aws stepfunctions start-execution --region eu-central-1 --state-machine-arn arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders"
    error_message = "The command must start a run."
  }
}

run "invoker_of_another_account" {
  command = plan

  variables {
    invokers = ["arn:aws:iam::999999999999:role/dagster"]
  }

  expect_failures = [aws_iam_role_policy_attachment.invoke]
}

run "invoker_that_is_no_role" {
  command = plan

  variables {
    invokers = ["dagster"]
  }

  expect_failures = [var.invokers]
}
