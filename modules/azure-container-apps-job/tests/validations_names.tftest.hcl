# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"
}

run "a_name_with_a_slash" {
  command = plan

  variables {
    name = "a/b"
  }

  expect_failures = [var.name]
}

run "a_name_of_81_characters" {
  command = plan

  variables {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.name]
}

run "an_empty_tenant" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "a_tenant_of_41_characters" {
  command = plan

  variables {
    tenant = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.tenant]
}

run "an_environment_of_33_characters" {
  command = plan

  variables {
    environment = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.environment]
}

run "an_environment_with_a_hyphen_in_front" {
  command = plan

  variables {
    environment = "-prod"
  }

  expect_failures = [var.environment]
}

run "a_resource_group_ending_in_a_dot" {
  command = plan

  variables {
    resource_group_name = "data."
  }

  expect_failures = [var.resource_group_name]
}

run "a_location_with_a_slash" {
  command = plan

  variables {
    location = "west/europe"
  }

  expect_failures = [var.location]
}

run "fifty_one_tags" {
  command = plan

  variables {
    tags = { for number in range(51) : "Tag${number}" => "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_with_a_slash" {
  command = plan

  variables {
    tags = { "a/b" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_azure" {
  command = plan

  variables {
    tags = { "Microsoft-Owner" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_257_characters" {
  command = plan

  variables {
    tags = { Owner = join("", [for number in range(257) : "x"]) }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case" {
  command = plan

  variables {
    tags = { Owner = "x", owner = "y" }
  }

  expect_failures = [var.tags]
}

run "a_tag_value_of_258_bytes" {
  command = plan

  variables {
    tags = { owner = "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" }
  }

  expect_failures = [var.tags]
}

run "a_tag_name_of_514_bytes" {
  command = plan

  variables {
    tags = { (join("", [for n in range(257) : "ü"])) = "x" }
  }

  expect_failures = [var.tags]
}

run "tags_of_as_many_bytes_as_the_provider_takes" {
  command = plan

  variables {
    tags = {
      (join("", [for n in range(256) : "ü"])) = join("", [for n in range(128) : "ü"])
    }
  }

  assert {
    condition     = azurerm_container_app_environment.this[0].tags == tomap(var.tags)
    error_message = "A name of 512 bytes and a value of 256 must be taken."
  }
}
