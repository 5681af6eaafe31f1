# What the module refuses, one wrong value a run, and what it takes at the bounds: the nodes.

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "instance_type_with_a_blank" {
  command = plan

  variables {
    nodes = { instance_type = "m6i xlarge" }
  }

  expect_failures = [var.nodes]
}

run "no_workers" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", count = 0 }
  }

  expect_failures = [var.nodes]
}

run "half_a_worker" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", count = 1.5 }
  }

  expect_failures = [var.nodes]
}

run "count_and_autoscaling" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", count = 2, autoscaling = { min = 1, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "autoscaling_that_does_not" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", autoscaling = { min = 2, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "autoscaling_to_nothing" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", autoscaling = { min = 0, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "small_disk" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", disk_gib = 50 }
  }

  expect_failures = [var.nodes]
}

run "disk_on_azure" {
  command = plan

  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5", disk_gib = 200 }
  }

  expect_failures = [var.nodes]
}

run "spot_in_a_pool" {
  command = plan

  variables {
    instance_pool_id = "pool-1"
    nodes            = { spot = true }
  }

  expect_failures = [var.nodes]
}

run "more_workers_than_a_cluster_has" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", count = 100001 }
  }

  expect_failures = [var.nodes]
}

run "autoscaling_without_end" {
  command = plan

  variables {
    nodes = { instance_type = "m6i.xlarge", autoscaling = { min = 1, max = 100001 } }
  }

  expect_failures = [var.nodes]
}
