# Per cent of the runs started within a day: with fewer runs than that, a rate would say little. A run that began
# before and ends now counts as started, too, so that no rate is above 100.
locals {
  rates = {
    for key, rate in {
      error-rate = {
        limit      = try(var.alerts.error_rate, null)
        what       = "failed or timed out"
        namespace  = "AWS/Lambda"
        metric     = "Errors"
        dimensions = { FunctionName = aws_lambda_function.this.function_name }
      }
      timeout-rate = {
        limit      = try(var.alerts.timeout_rate, null)
        what       = "timed out"
        namespace  = local.metrics_namespace
        metric     = local.timeouts_metric
        dimensions = null
      }
    } : key => rate if rate.limit != null
  }

  timeouts_metric = "${local.name}-timeouts"
}

# Lambda has no metric of timeouts; its report of each run, in the log, says how it ended.
resource "aws_cloudwatch_log_metric_filter" "timeouts" {
  for_each = toset(try(var.alerts.timeout_rate, null) == null ? [] : ["this"])

  name           = "${local.name}-timeouts"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.type = \"platform.report\" && $.record.status = \"timeout\" }"

  metric_transformation {
    namespace     = local.metrics_namespace
    name          = local.timeouts_metric
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "rates" {
  for_each = local.rates

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = "More than ${each.value.limit} per cent of a day's runs of ${local.name} ${each.value.what}"
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.limit
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alerts.channels
  tags                = var.tags

  # A day without runs is 0 divided by 0, for which there is no data point.
  metric_query {
    id          = "rate"
    label       = "Per cent of runs"
    expression  = "100 * ended / IF(begun > ended, begun, ended)"
    return_data = true
  }

  # What did not happen has no data point either.
  dynamic "metric_query" {
    for_each = { begun = "started", ended = "bad" }

    content {
      id         = metric_query.key
      expression = "FILL(${metric_query.value}, 0)"
    }
  }

  metric_query {
    id = "started"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      dimensions  = { FunctionName = aws_lambda_function.this.function_name }
      period      = 86400
      stat        = "Sum"
    }
  }

  metric_query {
    id = "bad"

    metric {
      namespace   = each.value.namespace
      metric_name = each.value.metric
      dimensions  = each.value.dimensions
      period      = 86400
      stat        = "Sum"
    }
  }
}
