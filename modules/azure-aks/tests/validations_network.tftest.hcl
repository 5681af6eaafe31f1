# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

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

run "a_subnet_by_name" {
  command = plan

  variables {
    network = { subnet_id = "jobs" }
  }

  expect_failures = [var.network]
}

run "a_port_that_is_none" {
  command = plan

  variables {
    network_policy = { egress_ports = [0] }
  }

  expect_failures = [var.network_policy]
}

run "addresses_that_are_none" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["10.0.0.0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_public_cluster_open_to_all" {
  command = plan

  variables {
    network              = { subnet_id = var.subnet_id, private = false }
    authorized_ip_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "a_public_cluster_open_to_nobody_named" {
  command = plan

  variables {
    network = { subnet_id = var.subnet_id, private = false }
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "addresses_for_a_private_cluster" {
  command = plan

  variables {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "a_zone_of_another_name" {
  command = plan

  variables {
    private_dns_zone_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/acme.example"
  }

  expect_failures = [var.private_dns_zone_id]
}

run "a_zone_of_a_public_cluster" {
  command = plan

  variables {
    network              = { subnet_id = var.subnet_id, private = false }
    authorized_ip_ranges = ["198.51.100.0/24"]
    private_dns_zone_id  = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
  }

  expect_failures = [var.private_dns_zone_id]
}

run "routes_that_are_none" {
  command = plan

  variables {
    outbound_type = "none"
  }

  expect_failures = [var.outbound_type]
}

run "services_in_a_tiny_block" {
  command = plan

  variables {
    service_cidr = "172.20.0.0/28"
  }

  expect_failures = [var.service_cidr]
}

run "pods_without_a_mask" {
  command = plan

  variables {
    pod_cidr = "10.244.0.0"
  }

  expect_failures = [var.pod_cidr]
}

run "a_range_begins_at_its_first_address" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["1.2.3.4/0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_range_has_no_leading_zeros" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["010.0.0.0/8"] }
  }

  expect_failures = [var.network_policy]
}

run "a_range_of_ipv6_holds_no_ipv4" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["::ffff:10.0.0.0/104"] }
  }

  expect_failures = [var.network_policy]
}
