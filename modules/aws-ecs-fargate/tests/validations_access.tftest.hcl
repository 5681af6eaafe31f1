# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "identity_not_a_role" {
  command = plan

  variables {
    identity = "arn:aws:iam::123456789012:user/me"
  }

  expect_failures = [var.identity]
}

run "key_without_storage" {
  command = plan

  variables {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }

  expect_failures = [var.kms_key_id]
}

run "key_given_as_alias" {
  command = plan

  variables {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:alias/data"
    storage    = { bucket = "lake" }
  }

  expect_failures = [var.kms_key_id]
}

run "bucket_given_as_arn" {
  command = plan

  variables {
    storage = { bucket = "arn:aws:s3:::lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_with_a_wildcard" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "*" }
  }

  expect_failures = [var.storage]
}

run "prefix_with_a_policy_variable" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "home/$${aws:username}" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_without_state_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}

run "secret_given_as_value" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "secret_and_variable_of_one_name" {
  command = plan

  variables {
    secrets               = { KEY = "arn:aws:ssm:eu-central-1:123456789012:parameter/key" }
    environment_variables = { KEY = "x" }
  }

  expect_failures = [var.secrets]
}

run "secret_with_an_awkward_name" {
  command = plan

  variables {
    secrets = { "MY KEY" = "arn:aws:ssm:eu-central-1:123456789012:parameter/key" }
  }

  expect_failures = [var.secrets]
}

run "variable_with_an_awkward_name" {
  command = plan

  variables {
    environment_variables = { "1ST" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "readable_secret_with_a_wildcard" {
  command = plan

  variables {
    readable_secrets = ["arn:aws:ssm:eu-central-1:123456789012:parameter/*"]
  }

  expect_failures = [var.readable_secrets]
}

run "secret_keys_without_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "more_secrets_than_a_policy_holds" {
  command = plan

  variables {
    secrets = { for n in range(100) : "KEY_${n}" => "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/some/long/path/key-${n}" }
  }

  expect_failures = [aws_iam_policy.execution]
}

run "more_readable_secrets_than_a_policy_holds" {
  command = plan

  variables {
    readable_secrets = [for n in range(100) : "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/some/long/path/key-${n}"]
  }

  expect_failures = [aws_iam_policy.task]
}
