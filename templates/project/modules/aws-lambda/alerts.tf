locals {
  alarm_period_seconds = 300

  # A run that was stopped for its timeout is an error, too.
  # https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  run_alarms = { for key, alarm in {
    failed = {
      description = "Runs of ${local.name} that failed or took too long"
      metric      = "Errors"
      statistic   = "Sum"
      comparison  = "GreaterThanOrEqualToThreshold"
      threshold   = try(var.alerts.failed_runs, null)
    }
    slow = {
      description = "A run of ${local.name} took more than ${coalesce(try(var.alerts.run_seconds, null), 0)} seconds"
      metric      = "Duration" # milliseconds
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = try(var.alerts.run_seconds * 1000, null)
    }
    throttled = {
      description = "Runs of ${local.name} that had to wait for an earlier one"
      metric      = "Throttles"
      statistic   = "Sum"
      comparison  = "GreaterThanOrEqualToThreshold"
      threshold   = var.alerts == null ? null : 1
    }
  } : key => alarm if alarm.threshold != null }

  alarm_keys = toset(var.alerts == null ? [] : ["this"])

  metrics_namespace = var.metrics_namespace == null ? "dativo/${var.tenant}" : var.metrics_namespace
  # The namespace may hold other jobs' metrics too, and a metric filter cannot set a dimension to a constant.
  error_lines_metric = "${local.name}-error-lines"
  counts_error_lines = var.metrics_namespace != null || try(var.alerts.error_lines, null) != null
}

resource "aws_cloudwatch_metric_alarm" "runs" {
  for_each = local.run_alarms

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = each.value.statistic
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}

# Whatever ended up in the queue, after all retries: a run, or a start.
resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = local.alarm_keys

  alarm_name          = "${local.name}-dead-letters"
  alarm_description   = "Failed runs or lost starts of ${local.name} wait in the queue of dead letters"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}

# A run that the schedule could not start has no invocation that could fail.
resource "aws_cloudwatch_metric_alarm" "not_started" {
  for_each = { for key, group in aws_scheduler_schedule_group.this : key => group if var.alerts != null }

  alarm_name          = "${local.name}-not-started"
  alarm_description   = "Runs of ${local.name} that the schedule could not start"
  namespace           = "AWS/Scheduler"
  metric_name         = "InvocationDroppedCount"
  dimensions          = { ScheduleGroup = each.value.name }
  statistic           = "Sum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}

resource "aws_cloudwatch_log_metric_filter" "error_lines" {
  for_each = toset(local.counts_error_lines ? ["this"] : [])

  name           = "${local.name}-error-lines"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "?ERROR ?CRITICAL ?FATAL"

  metric_transformation {
    namespace     = local.metrics_namespace
    name          = local.error_lines_metric
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "error_lines" {
  for_each = toset(try(var.alerts.error_lines, null) == null ? [] : ["this"])

  alarm_name          = "${local.name}-error-lines"
  alarm_description   = "Error lines in the log of ${local.name}"
  namespace           = local.metrics_namespace
  metric_name         = local.error_lines_metric
  statistic           = "Sum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alerts.error_lines
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}
