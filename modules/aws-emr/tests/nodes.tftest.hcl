# How many nodes there are, and of what sort. Paths covered:
# - a fixed number, of a type and with a disk
# - autoscaling, and how many nodes it starts with
# - spot with autoscaling and without
# - bounds that are equal
# All are planned only: what managed scaling has once made is not made anew by a later run.

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

run "fixed_number" {
  command = plan

  variables {
    nodes                 = { instance_type = "r5.2xlarge", count = 3, disk_gib = 100 }
    primary_instance_type = "m5.large"
  }

  assert {
    condition     = aws_emr_cluster.this["this"].core_instance_fleet[0].target_on_demand_capacity == 3 && length(aws_emr_instance_fleet.task) == 0
    error_message = "A fixed number of nodes are core nodes."
  }

  assert {
    condition     = one(aws_emr_cluster.this["this"].core_instance_fleet[0].instance_type_configs).instance_type == "r5.2xlarge" && one(aws_emr_cluster.this["this"].master_instance_fleet[0].instance_type_configs).instance_type == "m5.large"
    error_message = "The primary node may be of another type."
  }

  assert {
    condition     = one(one(aws_emr_cluster.this["this"].core_instance_fleet[0].instance_type_configs).ebs_config).size == 100
    error_message = "Each node must have the disk that was asked for."
  }
}

run "types_that_do_as_well" {
  command = plan

  variables {
    nodes = { instance_type = "m5.xlarge", other_instance_types = ["m5a.xlarge", "m6i.xlarge"], autoscaling = { min = 1, max = 4 }, spot = true }
  }

  assert {
    condition = alltrue([
      for configs in [aws_emr_cluster.this["this"].master_instance_fleet[0].instance_type_configs, aws_emr_cluster.this["this"].core_instance_fleet[0].instance_type_configs, aws_emr_instance_fleet.task["this"].instance_type_configs] :
      toset([for config in configs : config.instance_type]) == toset(["m5.xlarge", "m5a.xlarge", "m6i.xlarge"]) && alltrue([for config in configs : config.weighted_capacity == 1])
    ])
    error_message = "Every fleet must have all types to choose from, each machine counting as one."
  }
}

run "autoscaling_adds_task_nodes" {
  command = plan

  variables {
    nodes = { count = 4, autoscaling = { min = 2, max = 10 } }
  }

  assert {
    condition     = aws_emr_cluster.this["this"].core_instance_fleet[0].target_on_demand_capacity == 2 && aws_emr_instance_fleet.task["this"].target_on_demand_capacity == 2 && aws_emr_instance_fleet.task["this"].target_spot_capacity == 0
    error_message = "The fewest nodes are core nodes; the rest of the first ones are task nodes on demand."
  }

  assert {
    condition = one(aws_emr_managed_scaling_policy.this["this"].compute_limits) == {
      unit_type                       = "InstanceFleetUnits"
      minimum_capacity_units          = 2
      maximum_capacity_units          = 10
      maximum_core_capacity_units     = 2
      maximum_ondemand_capacity_units = 10
    }
    error_message = "Managed scaling must keep between the bounds, and leave core nodes alone."
  }
}

run "spot_nodes_are_above_the_fewest" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 2, max = 10 }, spot = true }
  }

  assert {
    condition     = aws_emr_instance_fleet.task["this"].target_on_demand_capacity == 0 && aws_emr_instance_fleet.task["this"].target_spot_capacity == 1 && one(aws_emr_managed_scaling_policy.this["this"].compute_limits).maximum_ondemand_capacity_units == 2
    error_message = "All above the fewest nodes must be spot."
  }

  assert {
    condition     = aws_emr_instance_fleet.task["this"].launch_specifications[0].spot_specification[0].timeout_action == "SWITCH_TO_ON_DEMAND"
    error_message = "Where there is no spot capacity at the start, nodes must come on demand."
  }
}

run "spot_without_autoscaling_leaves_one_node_on_demand" {
  command = plan

  variables {
    nodes = { count = 5, spot = true }
  }

  assert {
    condition     = aws_emr_cluster.this["this"].core_instance_fleet[0].target_on_demand_capacity == 1 && aws_emr_instance_fleet.task["this"].target_spot_capacity == 4
    error_message = "One node must be on demand, the others spot."
  }

  assert {
    condition     = one(aws_emr_managed_scaling_policy.this["this"].compute_limits).minimum_capacity_units == 5 && one(aws_emr_managed_scaling_policy.this["this"].compute_limits).maximum_capacity_units == 5
    error_message = "Managed scaling must replace what was taken back, and add no more."
  }
}

run "equal_bounds_are_a_fixed_number" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 3, max = 3 } }
  }

  assert {
    condition     = aws_emr_cluster.this["this"].core_instance_fleet[0].target_on_demand_capacity == 3 && length(aws_emr_managed_scaling_policy.this) == 0
    error_message = "Between equal bounds nothing scales."
  }
}
