# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

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

run "cluster_given_as_arn" {
  command = plan

  variables {
    cluster_name = "arn:aws:ecs:eu-central-1:123456789012:cluster/shared"
  }

  expect_failures = [var.cluster_name]
}
