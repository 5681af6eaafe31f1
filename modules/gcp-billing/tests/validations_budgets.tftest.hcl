# What is refused: budgets that Google Cloud does not take, other ids, keys and currencies.

mock_provider "google" {}

variables {
  billing_account = "01A2B3-C4D5E6-F7A8B9"
  project_id      = "acme-data-prod"
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "cost_center"
  budgets         = { a = { cost_center = "a", amount = 1, alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
}

run "no_budget" {
  command = plan

  variables {
    budgets = {}
  }

  expect_failures = [var.budgets]
}

run "label_in_capitals" {
  command = plan

  variables {
    budgets = { a = { cost_center = "FIN-001", amount = 1, alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
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

run "three_decimals" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1.005, alerts = { emails = ["f@acme.example"], thresholds = [80] } } }
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

run "six_addresses" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = [for n in range(6) : "f${n}@acme.example"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "five_addresses_and_a_channel" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { emails = [for n in range(5) : "f${n}@acme.example"], channels = ["projects/acme/notificationChannels/1"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
}

run "two_topics" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { channels = ["projects/acme/topics/one", "projects/acme/topics/two"], thresholds = [80] } } }
  }

  expect_failures = [var.budgets]
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

run "no_topic" {
  command = plan

  variables {
    budgets = { a = { cost_center = "a", amount = 1, alerts = { channels = ["budgets"], thresholds = [80] } } }
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

run "id_of_no_billing_account" {
  command = plan

  variables {
    billing_account = "acme"
  }

  expect_failures = [var.billing_account]
}

run "key_in_capitals" {
  command = plan

  variables {
    cost_center_key = "CostCenter"
  }

  expect_failures = [var.cost_center_key]
}

run "no_currency" {
  command = plan

  variables {
    currency = "euro"
  }

  expect_failures = [var.currency]
}

run "id_of_a_project" {
  command = plan

  variables {
    projects = ["acme-data-prod"]
  }

  expect_failures = [var.projects]
}

run "number_of_a_project" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "label_of_capitals" {
  command = plan

  variables {
    tags = { Owner = "finops" }
  }

  expect_failures = [var.tags]
}
