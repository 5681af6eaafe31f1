# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

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

run "network_without_subnets" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = [] }
  }

  expect_failures = [var.network]
}

run "network_with_a_wrong_id" {
  command = plan

  variables {
    network = { vpc_id = "subnet-a", subnet_ids = ["subnet-a"] }
  }

  expect_failures = [var.network]
}

run "network_with_a_wrong_block" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["anywhere"] }
  }

  expect_failures = [var.network]
}

run "network_with_no_way_out" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = [] }
  }

  expect_failures = [var.network]
}

run "blocks_beside_groups_of_ones_own" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-a"], egress_cidr_blocks = ["10.0.0.0/8"] }
  }

  expect_failures = [var.network]
}

run "too_many_security_groups" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = [for n in range(6) : "sg-${n}"] }
  }

  expect_failures = [var.network]
}
