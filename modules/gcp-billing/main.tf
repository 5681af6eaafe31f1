# What may be spent: one budget for each cost centre.

locals {
  calendar_periods = { monthly = "MONTH", quarterly = "QUARTER", annually = "YEAR" }

  # An amount of money is whole units and billionths of one.
  cents = { for key, budget in var.budgets : key => floor(budget.amount * 100 + 0.5) }
}

resource "google_billing_budget" "this" {
  for_each = var.budgets

  billing_account = var.billing_account
  display_name    = local.budget_names[each.key]

  amount {
    specified_amount {
      currency_code = var.currency
      # The API tells no zero back, so that a zero of ours would differ for ever.
      units = local.cents[each.key] < 100 ? null : tostring(floor(local.cents[each.key] / 100))
      nanos = local.cents[each.key] % 100 == 0 ? null : local.cents[each.key] % 100 * 10000000
    }
  }

  budget_filter {
    calendar_period        = local.calendar_periods[each.value.period]
    credit_types_treatment = "INCLUDE_ALL_CREDITS"
    labels                 = { (var.cost_center_key) = each.value.cost_center }
    projects               = [for number in var.projects : "projects/${number}"]
  }

  dynamic "threshold_rules" {
    for_each = concat(
      [for limit in each.value.alerts.thresholds : { basis = "CURRENT_SPEND", limit = limit }],
      [for limit in each.value.alerts.forecasts : { basis = "FORECASTED_SPEND", limit = limit }],
    )

    content {
      spend_basis       = threshold_rules.value.basis
      threshold_percent = threshold_rules.value.limit / 100
    }
  }

  all_updates_rule {
    # Administrators and users of the billing account hear only where nobody else gets e-mail: the API
    # takes no threshold that nobody gets e-mail of.
    disable_default_iam_recipients   = length(local.channels[each.key]) > 0
    monitoring_notification_channels = local.channels[each.key]
    pubsub_topic                     = local.topics[each.key]
    schema_version                   = "1.0"
  }
}
