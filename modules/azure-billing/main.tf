# What may be spent, and who hears when it is: one budget for each cost centre.

locals {
  time_grains = { monthly = "Monthly", quarterly = "Quarterly", annually = "Annually" }
}

resource "azurerm_consumption_budget_subscription" "this" {
  for_each = var.budgets

  name            = local.budget_names[each.key]
  subscription_id = "/subscriptions/${var.subscription_id}"
  amount          = each.value.amount
  time_grain      = local.time_grains[each.value.period]

  time_period {
    start_date = "${each.value.start}T00:00:00Z"
  }

  filter {
    tag {
      name   = var.cost_center_key
      values = [each.value.cost_center]
    }
  }

  dynamic "notification" {
    for_each = concat(
      [for limit in each.value.alerts.thresholds : { type = "Actual", limit = limit }],
      [for limit in each.value.alerts.forecasts : { type = "Forecasted", limit = limit }],
    )

    content {
      contact_emails = each.value.alerts.emails
      contact_groups = each.value.alerts.channels
      operator       = "GreaterThan"
      threshold      = notification.value.limit
      threshold_type = notification.value.type
    }
  }
}
