# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

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

run "a_subnet_by_name" {
  command = plan

  variables {
    network = { subnet_id = "jobs" }
  }

  expect_failures = [var.network]
}

run "a_network_for_an_existing_environment" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.App/managedEnvironments/shared"
    network                      = { subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/s" }
  }

  expect_failures = [var.network]
}
