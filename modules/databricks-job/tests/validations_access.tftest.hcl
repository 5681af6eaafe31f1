# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

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

run "role_for_an_instance_profile" {
  command = plan

  variables {
    instance_profile_arn = "arn:aws:iam::123456789012:role/etl"
  }

  expect_failures = [var.instance_profile_arn]
}

run "instance_profile_on_azure" {
  command = plan

  variables {
    cloud                = "azure"
    instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/etl"
  }

  expect_failures = [var.instance_profile_arn]
}

run "identity_by_name" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "variable_with_a_hyphen" {
  command = plan

  variables {
    environment_variables = { A-B = "c" }
  }

  expect_failures = [var.environment_variables]
}

run "secret_among_variables" {
  command = plan

  variables {
    environment_variables = { A = "{{secrets/s/k}}" }
  }

  expect_failures = [var.environment_variables]
}

run "secret_value" {
  command = plan

  variables {
    secrets = { A = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "secret_with_a_bad_name" {
  command = plan

  variables {
    secrets = { "1A" = "s/k" }
  }

  expect_failures = [var.secrets]
}

run "secret_and_variable" {
  command = plan

  variables {
    environment_variables = { A = "b" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.secrets]
}

run "unknown_level" {
  command = plan

  variables {
    permissions = { team = "CAN_RUN" }
  }

  expect_failures = [var.permissions]
}

run "two_owners" {
  command = plan

  variables {
    permissions = { "a@example.com" = "IS_OWNER", "b@example.com" = "IS_OWNER" }
  }

  expect_failures = [var.permissions]
}

run "group_as_owner" {
  command = plan

  variables {
    permissions = { team = "IS_OWNER" }
  }

  expect_failures = [var.permissions]
}

run "rights_of_admins" {
  command = plan

  variables {
    permissions = { admins = "CAN_VIEW" }
  }

  expect_failures = [var.permissions]
}
