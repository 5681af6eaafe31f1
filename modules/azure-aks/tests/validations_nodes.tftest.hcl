# What the module refuses, one wrong value a run, and what it takes at the bounds: the nodes.

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

run "a_size_of_another_cloud" {
  command = plan

  variables {
    nodes = { instance_type = "m5.xlarge" }
  }

  expect_failures = [var.nodes]
}

run "nodes_counted_and_scaled" {
  command = plan

  variables {
    nodes = { count = 2, autoscaling = { min = 1, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "no_nodes" {
  command = plan

  variables {
    nodes = { count = 0 }
  }

  expect_failures = [var.nodes]
}

run "bounds_the_wrong_way_round" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 3, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "a_disk_too_small" {
  command = plan

  variables {
    nodes = { disk_gib = 20 }
  }

  expect_failures = [var.nodes]
}

run "a_system_without_nodes" {
  command = plan

  variables {
    system_nodes = { count = 0 }
  }

  expect_failures = [var.system_nodes]
}

run "a_size_of_the_system_that_is_none" {
  command = plan

  variables {
    system_nodes = { instance_type = "D4s" }
  }

  expect_failures = [var.system_nodes]
}

run "a_fourth_zone" {
  command = plan

  variables {
    zones = ["4"]
  }

  expect_failures = [var.zones]
}

run "a_system_with_two_vcpu" {
  command = plan

  variables {
    system_nodes = { instance_type = "Standard_D2s_v5" }
  }

  expect_failures = [var.system_nodes]
}

run "a_system_of_the_b_series" {
  command = plan

  variables {
    system_nodes = { instance_type = "Standard_B4ms" }
  }

  expect_failures = [var.system_nodes]
}
