# When runs start. Paths covered:
# - no schedule; cron with a time zone; rate; a schedule that is switched off
# - the function that is started, retries of the start, where lost starts go
# - the role that starts it

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "no_schedule" {
  assert {
    condition     = length(aws_scheduler_schedule.this) + length(aws_scheduler_schedule_group.this) + length(aws_iam_role.scheduler) == 0 && output.schedule_arn == null
    error_message = "Without a schedule nothing of one must be made."
  }
}

run "cron" {
  variables {
    schedule = { expression = "cron(0 2 * * ? *)", timezone = "Europe/Berlin" }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].schedule_expression == "cron(0 2 * * ? *)" && aws_scheduler_schedule.this["this"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.this["this"].state == "ENABLED"
    error_message = "Expression and time zone must reach the schedule, which is active."
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].target[0].arn == aws_lambda_function.this.arn && aws_scheduler_schedule.this["this"].target[0].dead_letter_config[0].arn == aws_sqs_queue.dead_letters.arn
    error_message = "The schedule must start the function, and keep the starts that it loses."
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].target[0].retry_policy[0].maximum_event_age_in_seconds == 3600
    error_message = "A start must be tried for an hour."
  }
}

run "rate_and_switched_off" {
  variables {
    schedule = { expression = "rate(1 hour)", enabled = false }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].schedule_expression == "rate(1 hour)" && aws_scheduler_schedule.this["this"].schedule_expression_timezone == "UTC" && aws_scheduler_schedule.this["this"].state == "DISABLED"
    error_message = "A rate must be taken, in UTC, and enabled = false must switch the schedule off."
  }
}

run "the_role_starts_this_function_only" {
  variables {
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_policy.scheduler["this"].policy).Statement : statement.Sid => "${join(",", statement.Action)} ${join(",", statement.Resource)}" } == {
      StartRun          = "lambda:InvokeFunction arn:aws:lambda:eu-central-1:123456789012:function:acme-prod-orders"
      KeepLostStarts    = "sqs:SendMessage arn:aws:sqs:eu-central-1:123456789012:acme-prod-orders-dead-letters"
      EncryptLostStarts = "kms:Decrypt,kms:GenerateDataKey arn:aws:kms:eu-central-1:123456789012:key/00000000-1111-2222-3333-444444444444"
    }
    error_message = "The scheduler's role must invoke this function and fill this queue, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_iam_role.scheduler["this"].assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceArn"] == "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/acme-prod-orders"
    error_message = "The trust must name the job's own schedule group."
  }
}
