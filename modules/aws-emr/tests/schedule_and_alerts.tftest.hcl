# When runs start, and who hears of those that fail. Paths covered:
# - no schedule; one that is on, and one that is off
# - who may start the run
# - no alarms; alarms on ends, on slow runs, on rates over a day, on runs that were not started

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

run "without_a_schedule_nothing_starts_runs" {
  assert {
    condition     = length(aws_scheduler_schedule.this) + length(aws_iam_role.scheduler) + length(output.alarm_arns) == 0
    error_message = "Without schedule and alerts there must be neither."
  }
}

run "schedule_starts_the_state_machine" {
  variables {
    schedule = { expression = "cron(0 2 * * ? *)", timezone = "Europe/Berlin", enabled = false }
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].schedule_expression == "cron(0 2 * * ? *)" && aws_scheduler_schedule.this["this"].schedule_expression_timezone == "Europe/Berlin" && aws_scheduler_schedule.this["this"].state == "DISABLED"
    error_message = "The schedule must be the given one."
  }

  assert {
    condition     = aws_scheduler_schedule.this["this"].target[0].arn == aws_sfn_state_machine.this.arn && jsondecode(aws_iam_policy.scheduler["this"].policy).Statement[0].Resource == [aws_sfn_state_machine.this.arn] && jsondecode(aws_iam_policy.scheduler["this"].policy).Statement[0].Action == ["states:StartExecution"]
    error_message = "The schedule may start this state machine, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_iam_role.scheduler["this"].assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceArn"] == "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/acme-prod-orders"
    error_message = "Only schedules of this group may use the role."
  }
}

run "alarms_tell_of_bad_ends" {
  variables {
    alerts   = { channels = ["arn:aws:sns:eu-central-1:123456789012:oncall"], failed_runs = 2, run_seconds = 600 }
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["aborted", "failed", "not-started", "slow", "timed-out"]
    error_message = "Every way in which a run can go wrong must have its alarm."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.runs : alarm.threshold == 2 && alarm.alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:oncall"])]) && aws_cloudwatch_metric_alarm.slow["this"].threshold == 600000
    error_message = "Alarms must have the given limits, and tell the given topics."
  }
}

run "rates_are_per_cent_of_a_days_runs" {
  variables {
    alerts = { error_rate = 5, timeout_rate = 2.5 }
  }

  assert {
    condition     = { for key, alarm in aws_cloudwatch_metric_alarm.rates : key => [alarm.threshold, alarm.comparison_operator, alarm.treat_missing_data] } == { error-rate = [5, "GreaterThanThreshold", "notBreaching"], timeout-rate = [2.5, "GreaterThanThreshold", "notBreaching"] }
    error_message = "A rate must be above its limit to raise the alarm, and a day without runs must raise none."
  }

  assert {
    condition = { for key, alarm in aws_cloudwatch_metric_alarm.rates : key => {
      for query in alarm.metric_query : query.id => query.expression == null ? one(query.metric[*].metric_name) : query.expression
      } } == {
      error-rate = {
        aborted   = "ExecutionsAborted"
        begun     = "FILL(started, 0)"
        ended     = "FILL(aborted, 0) + FILL(failed, 0) + FILL(timed_out, 0)"
        failed    = "ExecutionsFailed"
        rate      = "100 * ended / IF(begun > ended, begun, ended)"
        started   = "ExecutionsStarted"
        timed_out = "ExecutionsTimedOut"
      }
      timeout-rate = {
        begun     = "FILL(started, 0)"
        ended     = "FILL(timed_out, 0)"
        rate      = "100 * ended / IF(begun > ended, begun, ended)"
        started   = "ExecutionsStarted"
        timed_out = "ExecutionsTimedOut"
      }
    }
    error_message = "A rate must be the bad ends divided by the runs started, whatever has no data point being none."
  }

  assert {
    condition = alltrue(flatten([for alarm in aws_cloudwatch_metric_alarm.rates : [for query in alarm.metric_query : [for metric in query.metric :
      metric.namespace == "AWS/States" && metric.period == 86400 && metric.stat == "Sum" && metric.dimensions == tomap({ StateMachineArn = "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" })
    ]]]))
    error_message = "The rates must count this state machine's executions over a day."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.rates : [for query in alarm.metric_query : query.id if query.return_data == true] == ["rate"]])
    error_message = "The alarm must look at the rate and at nothing else."
  }
}
