locals {
  alarm_period_seconds = 300

  # What an execution of the state machine can come to, apart from success.
  # https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
  bad_ends = {
    aborted   = "ExecutionsAborted"
    failed    = "ExecutionsFailed"
    timed-out = "ExecutionsTimedOut"
  }

  metrics_namespace = var.metrics_namespace == null ? "dativo/${var.tenant}" : var.metrics_namespace
  # The namespace may hold other jobs' metrics too, and a metric filter cannot set a dimension to a constant.
  error_lines_metric = "${local.name}-error-lines"
  counts_error_lines = var.metrics_namespace != null || try(var.alerts.error_lines, null) != null
}

resource "aws_cloudwatch_metric_alarm" "runs" {
  for_each = { for end, metric in local.bad_ends : end => metric if local.is_job && var.alerts != null }

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = "Runs of ${local.name}: ${each.key}"
  namespace           = "AWS/States"
  metric_name         = each.value
  dimensions          = { StateMachineArn = aws_sfn_state_machine.this["this"].arn }
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
  dimensions          = { StateMachineArn = aws_sfn_state_machine.this[each.key].arn }
  statistic           = "Maximum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alerts.run_seconds * 1000
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}

resource "aws_cloudwatch_log_metric_filter" "error_lines" {
  for_each = toset(local.counts_error_lines ? ["this"] : [])

  name           = "${local.name}-error-lines"
  log_group_name = aws_cloudwatch_log_group.task.name
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

# Container Insights counts tasks; the cluster must have it switched on.
resource "aws_cloudwatch_metric_alarm" "workers" {
  for_each = { for key, service in aws_ecs_service.this : key => service if var.alerts != null }

  alarm_name          = "${local.name}-workers"
  alarm_description   = "Workers of ${local.name} that should run and do not"
  evaluation_periods  = 5
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alerts.failed_runs
  treat_missing_data  = "missing"
  alarm_actions       = var.alerts.channels
  tags                = var.tags

  metric_query {
    id          = "absent"
    label       = "Missing workers"
    expression  = "desired - running"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { desired = "DesiredTaskCount", running = "RunningTaskCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "ECS/ContainerInsights"
        metric_name = metric_query.value
        dimensions  = { ClusterName = local.cluster_name, ServiceName = each.value.name }
        period      = 60
        stat        = "Average"
      }
    }
  }
}
