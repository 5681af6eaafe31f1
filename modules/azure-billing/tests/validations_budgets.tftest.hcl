# What is refused: budgets that Azure does not take, other ids and keys.

mock_provider "azurerm" {}

variables {
  subscription_id = "00000000-0000-4000-8000-0000000000a1"
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"
  budgets         = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
}

run "no_budget" {
  command = plan

  variables {
    budgets = {}
  }

  expect_failures = [var.budgets]
}

run "no_cost_centre" {
  command = plan

  variables {
    budgets = { a = { cost_center = "", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "amount_below_one" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 0.5, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "other_period" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", period = "weekly", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "start_within_a_month" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-15", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "start_before_there_were_budgets" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2017-05-01", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "threshold_of_nothing" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [0] } } }
  }

  expect_failures = [var.budgets]
}

run "part_of_a_per_cent" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [33.3] } } }
  }

  expect_failures = [var.budgets]
}

run "six_alerts" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"], thresholds = [10, 20, 30, 40, 50], forecasts = [100] } } }
  }

  expect_failures = [var.budgets]
}

run "no_threshold" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["f@acme.example"] } } }
  }

  expect_failures = [var.budgets]
}

run "nobody_hears" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "too_many_addresses" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = [for n in range(51) : "f${n}@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_action_group" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { channels = ["finops"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_address" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, start = "2026-11-01", alerts = { emails = ["finops"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "key_that_azure_refuses" {
  command = plan

  variables {
    cost_center_key = "cost/center"
  }

  expect_failures = [var.cost_center_key]
}

run "id_of_no_subscription" {
  command = plan

  variables {
    subscription_id = "acme"
  }

  expect_failures = [var.subscription_id]
}

run "tag_of_azure" {
  command = plan

  variables {
    tags = { azureowner = "finops" }
  }

  expect_failures = [var.tags]
}
