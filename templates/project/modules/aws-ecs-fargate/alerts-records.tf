# A run tells how many records it processed in a line of JSON; what is counted is the lines with too few.
resource "aws_cloudwatch_log_metric_filter" "few_records" {
  for_each = toset(try(var.alerts.records_processed_min, null) == null ? [] : ["this"])

  name           = "${local.name}-few-records"
  log_group_name = aws_cloudwatch_log_group.task.name
  pattern        = "{ $.${var.alerts.records_field} < ${var.alerts.records_processed_min} }"

  metric_transformation {
    namespace     = local.metrics_namespace
    name          = "${local.name}-few-records"
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "few_records" {
  for_each = aws_cloudwatch_log_metric_filter.few_records

  alarm_name          = "${local.name}-few-records"
  alarm_description   = "A run of ${local.name} processed fewer than ${var.alerts.records_processed_min} records"
  namespace           = each.value.metric_transformation[0].namespace
  metric_name         = each.value.metric_transformation[0].name
  statistic           = "Sum"
  period              = local.alarm_period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags
}
