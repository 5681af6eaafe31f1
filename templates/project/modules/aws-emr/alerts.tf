locals {
  alarm_period_seconds = 300

  # What an execution of the state machine can come to, apart from success.
  # https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
  bad_ends = {
    aborted   = "ExecutionsAborted"
    failed    = "ExecutionsFailed"
    timed-out = "ExecutionsTimedOut"
  }
}

resource "aws_cloudwatch_metric_alarm" "runs" {
  for_each = { for end, metric in local.bad_ends : end => metric if var.alerts != null }

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = "Runs of ${local.name}: ${each.key}"
  namespace           = "AWS/States"
  metric_name         = each.value
  dimensions          = { StateMachineArn = aws_sfn_state_machine.this.arn }
  statistic           = "Sum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alerts.failed_runs
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}

# A run that the schedule could not start has no execution that could fail.
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

resource "aws_cloudwatch_metric_alarm" "slow" {
  for_each = toset(try(var.alerts.run_seconds, null) == null ? [] : ["this"])

  alarm_name          = "${local.name}-slow"
  alarm_description   = "A run of ${local.name} took more than ${var.alerts.run_seconds} seconds"
  namespace           = "AWS/States"
  metric_name         = "ExecutionTime" # milliseconds
  dimensions          = { StateMachineArn = aws_sfn_state_machine.this.arn }
  statistic           = "Maximum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alerts.run_seconds * 1000
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}
