# What may be spent, and who hears when it is: one budget for each cost centre.

locals {
  time_units = { monthly = "MONTHLY", quarterly = "QUARTERLY", annually = "ANNUALLY" }
}

resource "aws_budgets_budget" "this" {
  for_each = var.budgets

  name              = local.budget_names[each.key]
  budget_type       = "COST"
  limit_amount      = tostring(each.value.amount)
  limit_unit        = var.currency
  time_unit         = local.time_units[each.value.period]
  time_period_start = var.start == null ? null : "${var.start}_00:00"
  tags              = var.tags

  cost_filter {
    name = "TagKeyValue"
    # A dollar sign before a brace would be an escape; so it is put together.
    values = [join("$", ["user:${var.cost_center_key}", each.value.cost_center])]
  }

  dynamic "notification" {
    for_each = concat(
      [for limit in each.value.alerts.thresholds : { type = "ACTUAL", limit = limit }],
      [for limit in each.value.alerts.forecasts : { type = "FORECASTED", limit = limit }],
    )

    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      subscriber_email_addresses = each.value.alerts.emails
      subscriber_sns_topic_arns  = each.value.alerts.channels
      threshold                  = notification.value.limit
      threshold_type             = "PERCENTAGE"
    }
  }

  # A budget whose tag is not activated counts nothing.
  depends_on = [aws_ce_cost_allocation_tag.this]
}
