# What is refused: budgets that AWS does not take, tags that are not one's own, other currencies, starts within a month.

mock_provider "aws" {}

variables {
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"
  budgets         = { a = { cost_center = "a", amount = 1, alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
}

run "nobody_hears" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_threshold" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = ["f@acme.example"] } } }
  }

  expect_failures = [var.budgets]
}

run "six_alerts" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = ["f@acme.example"], thresholds = [10, 20, 30, 40, 50], forecasts = [100] } } }
  }

  expect_failures = [var.budgets]
}

run "eleven_addresses" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = [for n in range(11) : "f${n}@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "two_topics" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { channels = ["arn:aws:sns:us-east-1:123456789012:a", "arn:aws:sns:us-east-1:123456789012:b"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_topic" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { channels = ["finops"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_address" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = ["finops"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "no_amount" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 0, alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "other_period" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, period = "weekly", alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "threshold_of_nothing" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = ["f@acme.example"], thresholds = [0] } } }
  }

  expect_failures = [var.budgets]
}

run "no_budget" {
  command = plan

  variables {
    budgets = {}
  }

  expect_failures = [var.budgets]
}

run "tag_of_aws" {
  command = plan

  variables {
    cost_allocation_tags = ["aws:createdBy"]
  }

  expect_failures = [var.cost_allocation_tags]
}

run "category_of_nothing" {
  command = plan

  variables {
    cost_categories = [""]
  }

  expect_failures = [var.cost_categories]
}

run "no_key" {
  command = plan

  variables {
    cost_center_key = ""
  }

  expect_failures = [var.cost_center_key]
}

run "euros" {
  command = plan

  variables {
    currency = "EUR"
  }

  expect_failures = [var.currency]
}

run "start_within_a_month" {
  command = plan

  variables {
    start = "2026-11-15"
  }

  expect_failures = [var.start]
}
