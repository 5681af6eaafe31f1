# What the module refuses, one wrong value a run: schedules.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"
}

run "a_scheduled_worker" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_local_time" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  expect_failures = [var.schedule]
}

run "a_cron_expression_of_another_cloud" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * ? *)" }
  }

  expect_failures = [var.schedule]
}

run "a_cron_expression_of_six_fields" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_minute_of_60" {
  command = plan

  variables {
    schedule = { expression = "60 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "an_hour_of_24" {
  command = plan

  variables {
    schedule = { expression = "0 24 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_day_of_zero" {
  command = plan

  variables {
    schedule = { expression = "0 2 0 * *" }
  }

  expect_failures = [var.schedule]
}

run "a_thirteenth_month" {
  command = plan

  variables {
    schedule = { expression = "0 2 * 13 *" }
  }

  expect_failures = [var.schedule]
}

run "an_eighth_day_of_the_week" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * 8" }
  }

  expect_failures = [var.schedule]
}

run "a_word_for_a_minute" {
  command = plan

  variables {
    schedule = { expression = "abc * * * *" }
  }

  expect_failures = [var.schedule]
}
