# What raises an alarm. Paths covered:
# - none without alerts; failed, timed-out and aborted runs; slow runs; runs that the schedule could not start; error lines
# - limits and channels reach the alarms
# - a namespace of the caller's own has the metric without an alarm

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

run "no_alerts_no_alarms" {
  assert {
    condition     = output.alarm_arns == {} && length(aws_cloudwatch_log_metric_filter.error_lines) == 0
    error_message = "Without alerts there must be no alarm and no metric."
  }
}

run "bad_ends_raise_alarms" {
  variables {
    alerts = { channels = ["arn:aws:sns:eu-central-1:123456789012:alarms"], failed_runs = 2 }
  }

  assert {
    condition     = { for end, alarm in aws_cloudwatch_metric_alarm.runs : end => [alarm.metric_name, alarm.threshold] } == { aborted = ["ExecutionsAborted", 2], failed = ["ExecutionsFailed", 2], timed-out = ["ExecutionsTimedOut", 2] }
    error_message = "Failed, timed-out and aborted runs must be counted against failed_runs."
  }

  assert {
    condition = alltrue([for alarm in aws_cloudwatch_metric_alarm.runs :
      alarm.dimensions == tomap({ StateMachineArn = "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" }) && alarm.period == 300 && alarm.statistic == "Sum" && alarm.comparison_operator == "GreaterThanOrEqualToThreshold" && alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "The alarms must count this state machine's executions over 5 minutes."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.runs : alarm.alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:alarms"])])
    error_message = "The alarms must tell the channels."
  }

  assert {
    condition     = keys(output.alarm_arns) == ["aborted", "failed", "timed-out"]
    error_message = "What has no limit must have no alarm."
  }
}

run "slow_run_raises_an_alarm" {
  variables {
    alerts = { run_seconds = 1800 }
  }

  assert {
    condition     = [for alarm in aws_cloudwatch_metric_alarm.slow : [alarm.metric_name, alarm.statistic, alarm.threshold, alarm.comparison_operator]] == [["ExecutionTime", "Maximum", 1800000, "GreaterThanThreshold"]]
    error_message = "The time of executions is measured in milliseconds."
  }
}

run "schedule_that_cannot_start_runs_raises_an_alarm" {
  variables {
    alerts   = {}
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition     = [for alarm in aws_cloudwatch_metric_alarm.not_started : [alarm.metric_name, alarm.dimensions.ScheduleGroup]] == [["InvocationDroppedCount", "acme-prod-orders"]]
    error_message = "A run that never started must be noticed."
  }
}

run "error_lines_raise_an_alarm" {
  variables {
    alerts = { error_lines = 10 }
  }

  assert {
    condition     = [for alarm in aws_cloudwatch_metric_alarm.error_lines : [alarm.namespace, alarm.metric_name, alarm.threshold]] == [["dativo/acme", "acme-prod-orders-error-lines", 10]]
    error_message = "Error lines must be counted against error_lines."
  }

  assert {
    condition     = [for filter in aws_cloudwatch_log_metric_filter.error_lines : [filter.log_group_name, filter.metric_transformation[0].namespace, filter.metric_transformation[0].name]] == [["/ecs/acme-prod-orders", "dativo/acme", "acme-prod-orders-error-lines"]]
    error_message = "The metric that the alarm reads must be made from the task's log."
  }
}

run "namespace_of_ones_own_has_the_metric" {
  variables {
    metrics_namespace = "etl"
  }

  assert {
    condition     = [for filter in aws_cloudwatch_log_metric_filter.error_lines : filter.metric_transformation[0].namespace] == ["etl"] && output.alarm_arns == {}
    error_message = "A metrics_namespace must have its effect without alerts too."
  }
}
