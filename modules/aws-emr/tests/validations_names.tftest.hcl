# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "environment_is_a_name" {
  command = plan

  variables {
    environment = "prod env"
  }

  expect_failures = [var.environment]
}

run "name_is_a_name" {
  command = plan

  variables {
    name = "-orders"
  }

  expect_failures = [var.name]
}

run "tags_have_no_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tags_differ_in_more_than_case" {
  command = plan

  variables {
    tags = { Project = "a", project = "b" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_a_name" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}
