# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_range_is_cidr" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["10.0.0.0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_port_has_16_bits" {
  command = plan

  variables {
    network_policy = { egress_ports = [65536] }
  }

  expect_failures = [var.network_policy]
}

run "dns_is_in_a_namespace" {
  command = plan

  variables {
    network_policy = { dns_namespace = "kube_system" }
  }

  expect_failures = [var.network_policy]
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
