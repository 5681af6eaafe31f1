# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "name_with_a_slash" {
  command = plan

  variables {
    name = "../../etc"
  }

  expect_failures = [var.name]
}

run "name_too_long" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "tenant_empty" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "tenant_too_long" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "n"])
  }

  expect_failures = [var.tenant]
}

run "environment_not_ascii" {
  command = plan

  variables {
    environment = "prüfung"
  }

  expect_failures = [var.environment]
}

run "tag_with_a_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tag_of_aws" {
  command = plan

  variables {
    tags = { "AWS:team" = "x" }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case_only" {
  command = plan

  variables {
    tags = { Project = "x", project = "y" }
  }

  expect_failures = [var.tags]
}

run "tag_without_a_value" {
  command = plan

  variables {
    tags = { Owner = null }
  }

  expect_failures = [var.tags]
}

run "too_many_tags" {
  command = plan

  variables {
    tags = { for n in range(51) : "tag${n}" => "x" }
  }

  expect_failures = [var.tags]
}
