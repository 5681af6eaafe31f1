# What the module refuses, one wrong value a run, and what it takes at the bounds: the schedule.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_schedule_has_five_fields" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * ? *" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_holds_no_time_zone" {
  command = plan

  variables {
    schedule = { expression = "TZ=UTC 0 2 * *" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_named" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Local" }
  }

  expect_failures = [var.schedule]
}

run "workers_have_no_schedule" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "sunday_is_0" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * 7" }
  }

  expect_failures = [var.schedule]
}

run "an_hour_has_60_minutes" {
  command = plan

  variables {
    schedule = { expression = "60 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_step_is_not_0" {
  command = plan

  variables {
    schedule = { expression = "*/0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_field_has_no_signs_of_quartz" {
  command = plan

  variables {
    schedule = { expression = "0 2 L * *" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_on_earth" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Mars/Phobos" }
  }

  expect_failures = [var.schedule]
}

run "an_abbreviation_is_no_time_zone" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "CEST" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_keeps_its_capitals" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "europe/berlin" }
  }

  expect_failures = [var.schedule]
}
