# What the module refuses, one wrong value a run, and what it takes at the bounds: identity, secrets, storage and keys.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_variable_does_not_start_with_a_digit" {
  command = plan

  variables {
    environment_variables = { "1A" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_has_one_origin" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "stripe/key" }
  }

  expect_failures = [var.environment_variables]
}

run "a_secret_has_a_key" {
  command = plan

  variables {
    secrets = { A = "stripe" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_is_no_value" {
  command = plan

  variables {
    secrets = { A = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_variable_does_not_start_with_a_digit" {
  command = plan

  variables {
    secrets = { "1A" = "stripe/key" }
  }

  expect_failures = [var.secrets]
}

run "a_role_is_an_arn" {
  command = plan

  variables {
    identity = { aws_role_arn = "etl" }
  }

  expect_failures = [var.identity]
}

run "a_client_id_is_no_resource_id" {
  command = plan

  variables {
    identity = { azure_client_id = "/subscriptions/x" }
  }

  expect_failures = [var.identity]
}

run "a_google_account_is_an_e_mail" {
  command = plan

  variables {
    identity = { google_service_account = "etl" }
  }

  expect_failures = [var.identity]
}

run "a_cluster_is_in_one_cloud" {
  command = plan

  variables {
    identity = { aws_role_arn = "arn:aws:iam::123456789012:role/x", google_service_account = "etl@acme.iam.gserviceaccount.com" }
  }

  expect_failures = [var.identity]
}

run "an_existing_account_has_its_own_identity" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    identity             = { aws_role_arn = "arn:aws:iam::123456789012:role/x" }
  }

  expect_failures = [var.identity]
}

run "an_existing_account_needs_its_namespace" {
  command = plan

  variables {
    service_account_name = "runner"
  }

  expect_failures = [var.service_account_name]
}

run "an_account_has_no_capitals" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "Runner"
  }

  expect_failures = [var.service_account_name]
}

run "an_existing_account_is_granted_nothing" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    readable_secrets     = ["webhook"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_readable_secret_is_a_name" {
  command = plan

  variables {
    readable_secrets = ["stripe/key"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_pull_secret_is_a_name" {
  command = plan

  variables {
    image_pull_secrets = ["Registry"]
  }

  expect_failures = [var.image_pull_secrets]
}

run "a_secret_has_no_empty_part" {
  command = plan

  variables {
    secrets = { API_KEY = "s..t/key" }
  }

  expect_failures = [var.secrets]
}

run "a_key_is_no_path" {
  command = plan

  variables {
    secrets = { API_KEY = "stripe/..x" }
  }

  expect_failures = [var.secrets]
}

run "an_account_has_no_empty_part" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "s..t"
  }

  expect_failures = [var.service_account_name]
}

run "a_readable_secret_has_no_empty_part" {
  command = plan

  variables {
    readable_secrets = ["s..t"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_pull_secret_has_no_empty_part" {
  command = plan

  variables {
    image_pull_secrets = ["s..t"]
  }

  expect_failures = [var.image_pull_secrets]
}
