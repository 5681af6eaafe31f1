# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

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

run "a_release_with_a_patch" {
  command = plan

  variables {
    release = "1.35.2"
  }

  expect_failures = [var.release]
}

run "a_tier_that_is_none" {
  command = plan

  variables {
    sku_tier = "Basic"
  }

  expect_failures = [var.sku_tier]
}

run "a_window_of_an_hour" {
  command = plan

  variables {
    maintenance_window = { duration_hours = 1 }
  }

  expect_failures = [var.maintenance_window]
}

run "a_window_on_no_day" {
  command = plan

  variables {
    maintenance_window = { day = "sunday" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_window_at_no_time" {
  command = plan

  variables {
    maintenance_window = { start_time = "9:00" }
  }

  expect_failures = [var.maintenance_window]
}
