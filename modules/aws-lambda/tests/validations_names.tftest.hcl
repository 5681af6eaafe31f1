# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "environment_has_no_dots" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
}

run "environment_is_short" {
  command = plan

  variables {
    environment = "e12345678901234567890123456789012"
  }

  expect_failures = [var.environment]
}

run "name_has_no_blank" {
  command = plan

  variables {
    name = "the orders"
  }

  expect_failures = [var.name]
}

run "name_is_short" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "tags_are_50_at_most" {
  command = plan

  variables {
    tags = { for n in range(51) : "Key${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tag_has_no_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tag_is_not_awss" {
  command = plan

  variables {
    tags = { "AWS:owner" = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_keys_differ_in_more_than_case" {
  command = plan

  variables {
    tags = { Owner = "a", owner = "b" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_short" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}
