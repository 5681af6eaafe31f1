# Alarms. Paths covered:
# - none without alerts; the four that every job has; those that limits ask for; the one of a schedule
# - the filter that counts error lines, the one that counts timeouts, the one that counts runs with few records
# - rates over a day

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "none_without_alerts" {
  variables {
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition     = length(output.alarm_arns) == 0 && length(aws_cloudwatch_log_metric_filter.error_lines) == 0
    error_message = "Without alerts there must be no alarms."
  }
}

run "what_every_job_has" {
  variables {
    alerts = { channels = ["arn:aws:sns:eu-central-1:123456789012:etl"] }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["dead-letters", "failed", "throttled"]
    error_message = "Failed and throttled runs and dead letters must raise an alarm."
  }

  assert {
    condition = { for key, alarm in aws_cloudwatch_metric_alarm.runs : key => "${alarm.metric_name} ${alarm.statistic} ${alarm.threshold} ${alarm.dimensions.FunctionName}" } == {
      failed    = "Errors Sum 1 acme-prod-orders"
      throttled = "Throttles Sum 1 acme-prod-orders"
    }
    error_message = "The alarms must watch this function."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters["this"].dimensions == tomap({ QueueName = "acme-prod-orders-dead-letters" }) && aws_cloudwatch_metric_alarm.dead_letters["this"].alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:etl"])
    error_message = "Dead letters must be told to the channels."
  }
}

run "limits" {
  variables {
    alerts = { failed_runs = 3, error_lines = 20, run_seconds = 300 }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.runs["failed"].threshold == 3 && aws_cloudwatch_metric_alarm.error_lines["this"].threshold == 20
    error_message = "The limits must be those asked for."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.runs["slow"].metric_name == "Duration" && aws_cloudwatch_metric_alarm.runs["slow"].threshold == 300000 && aws_cloudwatch_metric_alarm.runs["slow"].statistic == "Maximum"
    error_message = "The longest run is measured in milliseconds."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.error_lines["this"].metric_transformation[0].namespace == "dativo/acme" && aws_cloudwatch_metric_alarm.error_lines["this"].metric_name == aws_cloudwatch_log_metric_filter.error_lines["this"].metric_transformation[0].name
    error_message = "The alarm must read the metric that the filter writes."
  }
}

run "a_lost_start_is_told" {
  variables {
    alerts   = {}
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.not_started["this"].dimensions == tomap({ ScheduleGroup = "acme-prod-orders" })
    error_message = "A start that the schedule gave up has no invocation that could fail."
  }
}

run "a_namespace_of_ones_own_counts_without_an_alarm" {
  variables {
    metrics_namespace = "etl"
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.error_lines["this"].metric_transformation[0].namespace == "etl" && length(aws_cloudwatch_metric_alarm.error_lines) == 0
    error_message = "With metrics_namespace error lines must be counted, without an alarm."
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
      for query in alarm.metric_query : query.id => query.expression == null ? join(" ", flatten([for metric in query.metric : [metric.namespace, metric.metric_name, metric.period, metric.stat, try(metric.dimensions.FunctionName, "-")]])) : query.expression
      } } == {
      error-rate = {
        bad     = "AWS/Lambda Errors 86400 Sum acme-prod-orders"
        begun   = "FILL(started, 0)"
        ended   = "FILL(bad, 0)"
        rate    = "100 * ended / IF(begun > ended, begun, ended)"
        started = "AWS/Lambda Invocations 86400 Sum acme-prod-orders"
      }
      timeout-rate = {
        bad     = "dativo/acme acme-prod-orders-timeouts 86400 Sum -"
        begun   = "FILL(started, 0)"
        ended   = "FILL(bad, 0)"
        rate    = "100 * ended / IF(begun > ended, begun, ended)"
        started = "AWS/Lambda Invocations 86400 Sum acme-prod-orders"
      }
    }
    error_message = "A rate must be the bad ends divided by the runs started, over a day."
  }

  assert {
    condition     = [for filter in aws_cloudwatch_log_metric_filter.timeouts : [filter.log_group_name, filter.pattern]] == [["/aws/lambda/acme-prod-orders", "{ $.type = \"platform.report\" && $.record.status = \"timeout\" }"]]
    error_message = "Timeouts must be counted in Lambda's own reports."
  }

  assert {
    condition     = keys(output.alarm_arns) == ["dead-letters", "error-rate", "failed", "throttled", "timeout-rate"]
    error_message = "The alarms must be told in the outputs."
  }
}

run "runs_with_few_records_raise_an_alarm" {
  variables {
    alerts = { records_field = "totals.records", records_processed_min = 1000 }
  }

  assert {
    condition     = [for filter in aws_cloudwatch_log_metric_filter.few_records : [filter.log_group_name, filter.pattern]] == [["/aws/lambda/acme-prod-orders", "{ $.totals.records < 1000 }"]]
    error_message = "Lines of the job's log that tell a smaller number must be counted."
  }

  assert {
    condition     = [for alarm in aws_cloudwatch_metric_alarm.few_records : [alarm.namespace, alarm.metric_name, alarm.threshold]] == [["dativo/acme", "acme-prod-orders-few-records", 1]]
    error_message = "One such line must raise the alarm."
  }
}
