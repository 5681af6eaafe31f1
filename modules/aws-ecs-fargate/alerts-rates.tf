# Per cent of the runs started within a day: with fewer runs than that, a rate would say little. A run that began
# before and ends now counts as started, too, so that no rate is above 100.
locals {
  rates = {
    for key, rate in {
      error-rate   = { limit = try(var.alerts.error_rate, null), ends = local.bad_ends, what = "failed, timed out or were aborted" }
      timeout-rate = { limit = try(var.alerts.timeout_rate, null), ends = { timed-out = local.bad_ends.timed-out }, what = "timed out" }
    } : key => rate if rate.limit != null
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
  metric_query {
    id         = "begun"
    expression = "FILL(started, 0)"
  }

  metric_query {
    id         = "ended"
    expression = join(" + ", [for end in keys(each.value.ends) : "FILL(${replace(end, "-", "_")}, 0)"])
  }

  dynamic "metric_query" {
    for_each = merge({ started = "ExecutionsStarted" }, each.value.ends)

    content {
      id = replace(metric_query.key, "-", "_")

      metric {
        namespace   = "AWS/States"
        metric_name = metric_query.value
        dimensions  = { StateMachineArn = aws_sfn_state_machine.this["this"].arn }
        period      = 86400
        stat        = "Sum"
      }
    }
  }
}
