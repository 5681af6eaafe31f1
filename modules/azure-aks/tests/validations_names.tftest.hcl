# What the module refuses, one wrong value a run, and what it takes at the bounds: names.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
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

run "an_environment_of_33_characters" {
  command = plan

  variables {
    environment = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
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

run "a_namespace_of_kubernetes_own" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}

run "the_default_namespace" {
  command = plan

  variables {
    namespace = "default"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Stripe"
  }

  expect_failures = [var.namespace]
}
