# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "variables_are_named" {
  command = plan

  variables {
    environment_variables = { "a-b" = "c" }
  }

  expect_failures = [var.environment_variables]
}

run "identity_is_a_role" {
  command = plan

  variables {
    identity = "arn:aws:iam::123456789012:user/a"
  }

  expect_failures = [var.identity]
}

run "key_is_no_alias" {
  command = plan

  variables {
    kms_key_id = "alias/data"
  }

  expect_failures = [var.kms_key_id]
}

run "readable_secrets_are_arns" {
  command = plan

  variables {
    readable_secrets = ["token"]
  }

  expect_failures = [var.readable_secrets]
}

run "secret_keys_need_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/s"]
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

run "prefix_has_no_wildcard" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "raw/*" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_needs_a_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}
