# What may be spent, who hears of it, and what splits costs. Paths covered:
# - a budget for each cost centre: amount, period, filter, alerts on what is spent and on what will be
# - a tag with a colon in its key, a cost centre with characters that a name cannot hold, one that is too long
# - tags activated for cost allocation, those of categories among them; a member's account activates none
# - a cost category takes the values of its tag, and a name that it can have

mock_provider "aws" {
  mock_resource "aws_budgets_budget" {
    defaults = { arn = "arn:aws:budgets::123456789012:budget/acme-prod-billing-FIN-001" }
  }

  mock_resource "aws_ce_cost_category" {
    defaults = { arn = "arn:aws:ce::123456789012:costcategory/00000000-1111-2222-3333-444444444444" }
  }
}

variables {
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"

  budgets = {
    FIN-001 = {
      cost_center = "FIN-001"
      amount      = 1500
      alerts      = { emails = ["finops@acme.example"], thresholds = [80, 100], forecasts = [100] }
    }
  }
}

run "a_budget_counts_one_cost_centre" {
  assert {
    condition = (
      aws_budgets_budget.this["FIN-001"].name == "acme-prod-billing-FIN-001"
      && aws_budgets_budget.this["FIN-001"].limit_amount == "1500"
      && aws_budgets_budget.this["FIN-001"].limit_unit == "USD"
      && aws_budgets_budget.this["FIN-001"].time_unit == "MONTHLY"
    )
    error_message = "A budget must have the amount of its cost centre, by the month in US dollars."
  }

  assert {
    condition     = [for filter in aws_budgets_budget.this["FIN-001"].cost_filter : filter.values[0]] == ["user:CostCenter$FIN-001"]
    error_message = "A budget must count what bears the cost centre as the value of the tag."
  }

  assert {
    condition     = toset([for one in aws_budgets_budget.this["FIN-001"].notification : "${one.notification_type} ${one.threshold}"]) == toset(["ACTUAL 80", "ACTUAL 100", "FORECASTED 100"])
    error_message = "Alerts must be raised on what is spent and on what will be."
  }

  assert {
    condition     = alltrue([for one in aws_budgets_budget.this["FIN-001"].notification : one.subscriber_email_addresses == toset(["finops@acme.example"]) && one.threshold_type == "PERCENTAGE"])
    error_message = "Each alert must be sent to the addresses, at per cent of the amount."
  }

  assert {
    condition     = length(aws_ce_cost_allocation_tag.this) == 0 && length(aws_ce_cost_category.this) == 0
    error_message = "Without being asked the module must activate no tag and make no category."
  }
}

run "names_hold_what_a_budget_takes" {
  variables {
    cost_center_key = "dativo:cost-center"
    start           = "2026-11-01"

    budgets = {
      "Sales & Marketing: EU" = { cost_center = "Sales + Marketing: EU", amount = 99.5, period = "quarterly", alerts = { channels = ["arn:aws:sns:us-east-1:123456789012:finops"], forecasts = [100] } }
      "a-cost-centre-whose-name-is-longer-than-it-may-be" = {
        cost_center = "a-cost-centre-whose-name-is-longer-than-it-may-be"
        amount      = 1
        period      = "annually"
        alerts      = { emails = ["finops@acme.example"], thresholds = [100] }
      }
    }
  }

  assert {
    condition     = aws_budgets_budget.this["Sales & Marketing: EU"].name == "acme-prod-billing-Sales-Marketing-EU-${substr(sha256("Sales & Marketing: EU"), 0, 8)}"
    error_message = "A name that was changed must end in the hash of the cost centre."
  }

  assert {
    condition     = alltrue([for budget in aws_budgets_budget.this : length(budget.name) <= 100])
    error_message = "A budget's name must have at most 100 characters."
  }

  assert {
    condition = (
      [for filter in aws_budgets_budget.this["Sales & Marketing: EU"].cost_filter : filter.values[0]] == ["user:dativo:cost-center$Sales + Marketing: EU"]
      && aws_budgets_budget.this["Sales & Marketing: EU"].limit_amount == "99.5"
      && aws_budgets_budget.this["Sales & Marketing: EU"].time_unit == "QUARTERLY"
      && aws_budgets_budget.this["Sales & Marketing: EU"].time_period_start == "2026-11-01_00:00"
    )
    error_message = "Key, value, amount, period and start must be as they were given."
  }
}

run "the_account_that_pays_splits_costs" {
  variables {
    cost_allocation_tags = ["CostCenter", "dativo:tenant"]
    cost_categories      = ["CostCenter", "dativo:team"]
    tags                 = { CostCenter = "FIN-000", Owner = "finops" }
  }

  assert {
    condition     = toset(keys(aws_ce_cost_allocation_tag.this)) == toset(["CostCenter", "dativo:team", "dativo:tenant"]) && alltrue([for tag in aws_ce_cost_allocation_tag.this : tag.status == "Active"])
    error_message = "Tags must be activated, those of categories among them."
  }

  assert {
    condition     = aws_ce_cost_category.this["CostCenter"].name == "CostCenter" && aws_ce_cost_category.this["dativo:team"].name == "dativo-team-${substr(sha256("dativo:team"), 0, 8)}"
    error_message = "A category must be called as its tag, as far as a category can."
  }

  assert {
    condition     = aws_ce_cost_category.this["CostCenter"].rule[0].inherited_value[0].dimension_key == "CostCenter"
    error_message = "A category must take the values of its tag."
  }

  assert {
    condition     = aws_budgets_budget.this["FIN-001"].tags == tomap({ CostCenter = "FIN-000", Owner = "finops" }) && aws_ce_cost_category.this["CostCenter"].tags == tomap({ CostCenter = "FIN-000", Owner = "finops" })
    error_message = "What can be tagged must have all tags."
  }
}
