# What the module refuses, one wrong value a run, and what it takes at the bounds: the network.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "vpc_is_an_id" {
  command = plan

  variables {
    network = { vpc_id = "main", subnet_ids = ["subnet-a"] }
  }

  expect_failures = [var.network]
}

run "subnet_is_an_id" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["private-a"] }
  }

  expect_failures = [var.network]
}

run "a_network_has_subnets" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = [] }
  }

  expect_failures = [var.network]
}

run "subnets_are_16_at_most" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = [for n in range(17) : "subnet-${n}"] }
  }

  expect_failures = [var.network]
}

run "groups_are_5_at_most" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = [for n in range(6) : "sg-${n}"] }
  }

  expect_failures = [var.network]
}

run "blocks_are_blocks" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["10.0.0.0"] }
  }

  expect_failures = [var.network]
}

run "some_way_out" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = [] }
  }

  expect_failures = [var.network]
}

run "blocks_are_for_the_modules_group" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-1"], egress_cidr_blocks = ["10.0.0.0/8"] }
  }

  expect_failures = [var.network]
}
