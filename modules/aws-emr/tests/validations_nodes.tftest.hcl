# What the module refuses, one wrong value a run, and what it takes at the bounds: the nodes.

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

run "instance_type_is_one" {
  command = plan

  variables {
    nodes = { instance_type = "large" }
  }

  expect_failures = [var.nodes]
}

run "node_count_is_whole" {
  command = plan

  variables {
    nodes = { count = 0 }
  }

  expect_failures = [var.nodes]
}

run "autoscaling_keeps_a_node" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 0, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "autoscaling_bounds_are_in_order" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 5, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "count_is_between_the_bounds" {
  command = plan

  variables {
    nodes = { count = 9, autoscaling = { min = 2, max = 5 } }
  }

  expect_failures = [var.nodes]
}

run "disk_has_a_size" {
  command = plan

  variables {
    nodes = { disk_gib = 2000 }
  }

  expect_failures = [var.nodes]
}

run "spot_has_something_above" {
  command = plan

  variables {
    nodes = { count = 1, spot = true }
  }

  expect_failures = [var.nodes]
}

run "spot_has_room_to_scale" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 2, max = 2 }, spot = true }
  }

  expect_failures = [var.nodes]
}

run "primary_type_is_one" {
  command = plan

  variables {
    primary_instance_type = "m5"
  }

  expect_failures = [var.primary_instance_type]
}

run "other_types_are_types" {
  command = plan

  variables {
    nodes = { other_instance_types = ["m5"] }
  }

  expect_failures = [var.nodes]
}

run "five_types_at_most" {
  command = plan

  variables {
    nodes = { other_instance_types = ["m4.xlarge", "m5a.xlarge", "m6a.xlarge", "m6i.xlarge", "m7i.xlarge"] }
  }

  expect_failures = [var.nodes]
}
