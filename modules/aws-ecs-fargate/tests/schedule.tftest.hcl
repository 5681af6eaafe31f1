# When runs start. Paths covered:
# - no schedule; cron with a time zone; rate; a schedule that is switched off
# - the group, which is made for its tags
# - the scheduler's role: this state machine only, trusted for this group only

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

run "no_schedule_no_scheduler" {
  assert {
    condition     = length(aws_scheduler_schedule.this) + length(aws_scheduler_schedule_group.this) + length(aws_iam_role.scheduler) + length(aws_iam_policy.scheduler) == 0
    error_message = "Without a schedule nothing must be made for one."
  }
}

run "cron_starts_the_state_machine_in_its_time_zone" {
  variables {
    schedule = { expression = "cron(30 2 ? * MON-FRI *)", timezone = "Europe/Berlin" }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].schedule_expression == "cron(30 2 ? * MON-FRI *)" && aws_scheduler_schedule.this["this"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.this["this"].state == "ENABLED"
    error_message = "Expression and time zone must reach the schedule."
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].target[0].arn == aws_sfn_state_machine.this["this"].arn && aws_scheduler_schedule.this["this"].flexible_time_window[0].mode == "OFF"
    error_message = "The schedule must start the state machine, on time."
  }
}

run "rate_is_in_utc_and_can_be_off" {
  variables {
    schedule = { expression = "rate(6 hours)", enabled = false }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].schedule_expression_timezone == "UTC" && aws_scheduler_schedule.this["this"].state == "DISABLED"
    error_message = "The default time zone is UTC, and enabled = false must switch the schedule off."
  }
}

run "missed_start_is_not_made_up_for_hours_later" {
  variables {
    schedule = { expression = "rate(6 hours)" }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].target[0].retry_policy[0].maximum_event_age_in_seconds == 3600
    error_message = "A start must not be tried for more than an hour."
  }
}

run "scheduler_may_start_this_state_machine_only" {
  variables {
    schedule = { expression = "rate(6 hours)" }
  }

  assert {
    condition = jsondecode(aws_iam_policy.scheduler["this"].policy).Statement == [{
      Sid      = "StartRun"
      Effect   = "Allow"
      Action   = ["states:StartExecution"]
      Resource = ["arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders"]
    }]
    error_message = "The scheduler must be able to start this state machine, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_iam_role.scheduler["this"].assume_role_policy).Statement[0].Condition.StringEquals == { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/acme-prod-orders" }
    error_message = "Only this job's schedule group may use the role."
  }
}
