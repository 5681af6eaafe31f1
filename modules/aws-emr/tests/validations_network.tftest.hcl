# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

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

run "network_has_a_vpc" {
  command = plan

  variables {
    network = { vpc_id = "main", subnet_ids = ["subnet-a"] }
  }

  expect_failures = [var.network]
}

run "network_has_subnets" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = [] }
  }

  expect_failures = [var.network]
}

run "network_has_four_groups" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5"] }
  }

  expect_failures = [var.network]
}

run "network_has_a_way_out" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["10.0.0.0/33"] }
  }

  expect_failures = [var.network]
}
