# What may be spent, and who hears of it. Paths covered:
# - a budget for each cost centre: amount, period, start, filter by a tag, alerts on what is spent and on what will be
# - addresses and action groups
# - a cost centre with characters that a name cannot hold, one that is too long, a start of its own

mock_provider "azurerm" {}

variables {
  subscription_id = "00000000-0000-4000-8000-0000000000a1"
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"
  tags            = { CostCenter = "FIN-000", Owner = "finops" }

  budgets = {
    FIN-001 = {
      cost_center = "FIN-001"
      amount      = 1500
      start       = "2026-11-01"
      alerts      = { emails = ["finops@acme.example"], thresholds = [80, 100], forecasts = [100] }
    }
  }
}

run "a_budget_counts_one_cost_centre" {
  assert {
    condition = (
      azurerm_consumption_budget_subscription.this["FIN-001"].name == "acme-prod-billing-FIN-001"
      && azurerm_consumption_budget_subscription.this["FIN-001"].subscription_id == "/subscriptions/00000000-0000-4000-8000-0000000000a1"
      && azurerm_consumption_budget_subscription.this["FIN-001"].amount == 1500
      && azurerm_consumption_budget_subscription.this["FIN-001"].time_grain == "Monthly"
      && azurerm_consumption_budget_subscription.this["FIN-001"].time_period[0].start_date == "2026-11-01T00:00:00Z"
    )
    error_message = "A budget must have the amount of its cost centre, by the month from its start on."
  }

  assert {
    condition     = [for filter in azurerm_consumption_budget_subscription.this["FIN-001"].filter : [for tag in filter.tag : { name = tag.name, values = tag.values }]] == [[{ name = "CostCenter", values = tolist(["FIN-001"]) }]]
    error_message = "A budget must count what bears the cost centre as the value of the tag."
  }

  assert {
    condition     = toset([for one in azurerm_consumption_budget_subscription.this["FIN-001"].notification : "${one.threshold_type} ${one.threshold}"]) == toset(["Actual 80", "Actual 100", "Forecasted 100"])
    error_message = "Alerts must be raised on what is spent and on what will be."
  }

  assert {
    condition     = alltrue([for one in azurerm_consumption_budget_subscription.this["FIN-001"].notification : one.contact_emails == tolist(["finops@acme.example"]) && one.operator == "GreaterThan"])
    error_message = "Each alert must be sent to the addresses."
  }

  assert {
    condition     = output.all_tags == tomap({ CostCenter = "FIN-000", Owner = "finops" })
    error_message = "The tags must be told back."
  }
}

run "names_hold_what_a_budget_takes" {
  variables {
    budgets = {
      "Sales & Marketing: EU" = {
        cost_center = "Sales & Marketing: EU"
        amount      = 99.5
        period      = "quarterly"
        start       = "2027-01-01"
        alerts      = { channels = ["/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/finops"], forecasts = [100] }
      }
      "a-cost-centre-whose-name-is-longer-than-it-may-be" = {
        cost_center = "a-cost-centre-whose-name-is-longer-than-it-may-be"
        amount      = 1
        period      = "annually"
        start       = "2026-01-01"
        alerts      = { emails = ["finops@acme.example"], thresholds = [100] }
      }
    }
  }

  assert {
    condition     = azurerm_consumption_budget_subscription.this["Sales & Marketing: EU"].name == "acme-prod-billing-Sales-Marketing-E-${substr(sha256("Sales & Marketing: EU"), 0, 8)}"
    error_message = "A name that was changed must end in the hash of the cost centre."
  }

  assert {
    condition     = alltrue([for budget in azurerm_consumption_budget_subscription.this : can(regex("^[A-Za-z0-9_-]{1,63}$", budget.name))])
    error_message = "A budget's name must have at most 63 letters, digits, hyphens and underscores."
  }

  assert {
    condition = (
      azurerm_consumption_budget_subscription.this["Sales & Marketing: EU"].amount == 99.5
      && azurerm_consumption_budget_subscription.this["Sales & Marketing: EU"].time_grain == "Quarterly"
      && azurerm_consumption_budget_subscription.this["Sales & Marketing: EU"].time_period[0].start_date == "2027-01-01T00:00:00Z"
      && alltrue([for one in azurerm_consumption_budget_subscription.this["Sales & Marketing: EU"].notification : length(one.contact_emails) == 0 && length(one.contact_groups) == 1])
    )
    error_message = "Amount, period, start and channels must be as they were given."
  }
}
