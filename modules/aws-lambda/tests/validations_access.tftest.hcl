# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "variable_starts_with_a_letter" {
  command = plan

  variables {
    environment_variables = { _LEVEL = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_has_two_characters" {
  command = plan

  variables {
    environment_variables = { L = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_has_no_hyphen" {
  command = plan

  variables {
    environment_variables = { LOG-LEVEL = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_is_not_lambdas" {
  command = plan

  variables {
    environment_variables = { AWS_REGION = "eu-central-1" }
  }

  expect_failures = [var.environment_variables]
}

run "variables_are_few" {
  command = plan

  variables {
    environment_variables = { LONG = join("", [for n in range(1000) : "xxxxx"]) }
  }

  expect_failures = [var.environment_variables]
}

run "identity_is_a_role" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "key_is_an_arn" {
  command = plan

  variables {
    kms_key_id = "alias/etl"
  }

  expect_failures = [var.kms_key_id]
}

run "secret_is_an_arn" {
  command = plan

  variables {
    readable_secrets = ["prod/stripe"]
  }

  expect_failures = [var.readable_secrets]
}

run "keys_of_secrets_are_arns" {
  command = plan

  variables {
    readable_secrets     = ["arn:aws:ssm:eu-central-1:123456789012:parameter/a"]
    secrets_kms_key_arns = ["alias/secrets"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "keys_of_no_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/1"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "bucket_is_a_name" {
  command = plan

  variables {
    storage = { bucket = "s3://lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_is_no_pattern" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "raw/*" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_needs_its_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "orders" }
  }

  expect_failures = [var.storage]
}
