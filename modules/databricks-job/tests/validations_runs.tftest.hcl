# What the module refuses, one wrong value a run, and what it takes at the bounds: what is run, its size, limits and schedule.

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "notebook_without_a_slash" {
  command = plan

  variables {
    entry_point = "etl/orders"
  }

  expect_failures = [var.entry_point]
}

run "notebook_in_a_volume" {
  command = plan

  variables {
    entry_point = "/Volumes/etl/prod/code/orders"
  }

  expect_failures = [var.entry_point]
}

run "file_without_a_place" {
  command = plan

  variables {
    entry_point = "orders.py"
  }

  expect_failures = [var.entry_point]
}

run "function_without_a_wheel" {
  command = plan

  variables {
    entry_point = "etl:run"
  }

  expect_failures = [var.entry_point]
}

run "wheel_without_a_function" {
  command = plan

  variables {
    wheel = "/Volumes/a/b/c/etl.whl"
  }

  expect_failures = [var.entry_point]
}

run "wheel_that_is_none" {
  command = plan

  variables {
    entry_point = "etl:run"
    wheel       = "/Volumes/a/b/c/etl.zip"
  }

  expect_failures = [var.wheel]
}

run "wheel_on_the_web" {
  command = plan

  variables {
    entry_point = "etl:run"
    wheel       = "https://example.com/etl.whl"
  }

  expect_failures = [var.wheel]
}

run "parameter_without_a_name" {
  command = plan

  variables {
    args = ["day=1", "--force"]
  }

  expect_failures = [var.args]
}

run "image_with_a_blank" {
  command = plan

  variables {
    image = "etl 1"
  }

  expect_failures = [var.image]
}

run "timeout_of_nothing" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_without_end" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "cron_of_unix" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "cron_with_two_days" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 1 * MON" }
  }

  expect_failures = [var.schedule]
}

run "cron_with_no_day" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 ? * ?" }
  }

  expect_failures = [var.schedule]
}

run "time_zone_with_a_blank" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * ?", timezone = "Central Europe" }
  }

  expect_failures = [var.schedule]
}

run "timeout_beyond_the_api" {
  command = plan

  variables {
    timeout_seconds = 2147483648
  }

  expect_failures = [var.timeout_seconds]
}

run "trigger_beside_a_schedule" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * ?" }
    trigger  = { url = "s3://acme-landing/orders/" }
  }

  expect_failures = [var.trigger]
}

run "trigger_of_nothing" {
  command = plan

  variables {
    trigger = {}
  }

  expect_failures = [var.trigger]
}

run "trigger_of_files_and_tables" {
  command = plan

  variables {
    trigger = { url = "s3://acme-landing/orders/", table_names = ["etl.raw.orders"] }
  }

  expect_failures = [var.trigger]
}

run "trigger_without_a_slash_at_the_end" {
  command = plan

  variables {
    trigger = { url = "s3://acme-landing/orders" }
  }

  expect_failures = [var.trigger]
}

run "trigger_of_half_a_table" {
  command = plan

  variables {
    trigger = { table_names = ["raw.orders"] }
  }

  expect_failures = [var.trigger]
}

run "trigger_in_a_hurry" {
  command = plan

  variables {
    trigger = { url = "s3://acme-landing/orders/", wait_after_last_change_seconds = 30 }
  }

  expect_failures = [var.trigger]
}
