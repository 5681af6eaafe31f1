# What raises an alarm. Paths covered:
# - none without alerts; failed, timed-out and aborted runs; slow runs; runs that the schedule could not start; error lines
# - rates over a day; runs that processed few records
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

run "runs_with_few_records_raise_an_alarm" {
  variables {
    alerts = { records_field = "totals.records", records_processed_min = 1000 }
  }

  assert {
    condition     = [for filter in aws_cloudwatch_log_metric_filter.few_records : [filter.log_group_name, filter.pattern]] == [["/ecs/acme-prod-orders", "{ $.totals.records < 1000 }"]]
    error_message = "Lines of the job's log that tell a smaller number must be counted."
  }

  assert {
    condition     = [for alarm in aws_cloudwatch_metric_alarm.few_records : [alarm.namespace, alarm.metric_name, alarm.threshold]] == [["dativo/acme", "acme-prod-orders-few-records", 1]]
    error_message = "One such line must raise the alarm."
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
