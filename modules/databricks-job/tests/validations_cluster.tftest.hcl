# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

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

run "release_of_another_form" {
  command = plan

  variables {
    release = "15.4"
  }

  expect_failures = [var.release]
}

run "release_that_moves" {
  command = plan

  variables {
    release = "auto:latest-lts"
  }

  expect_failures = [var.release]
}

run "no_release" {
  command = plan

  variables {
    release = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "no_machines" {
  command = plan

  variables {
    nodes = {}
  }

  expect_failures = [var.existing_cluster_id]
}

run "machines_of_two_kinds" {
  command = plan

  variables {
    instance_pool_id = "pool-1"
  }

  expect_failures = [var.existing_cluster_id]
}

run "cluster_by_name" {
  command = plan

  variables {
    existing_cluster_id = "shared"
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_environment_variables" {
  command = plan

  variables {
    existing_cluster_id   = "0923-164208-meows279"
    environment_variables = { A = "b" }
    nodes                 = {}
    release               = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_image" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    image               = "a/b:1"
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_instance_profile_arn" {
  command = plan

  variables {
    existing_cluster_id  = "0923-164208-meows279"
    instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/etl"
    nodes                = {}
    release              = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_log_destination" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    log_destination     = "dbfs:/logs"
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_photon" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    photon              = true
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_policy_id" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    policy_id           = "ABC"
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_secrets" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    secrets             = { A = "s/k" }
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_spark_conf" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    spark_conf          = { a = "b" }
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_release" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    nodes               = {}
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_nodes" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "existing_cluster_and_pool" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    instance_pool_id    = "pool-1"
    nodes               = {}
    release             = null
  }

  expect_failures = [var.existing_cluster_id]
}

run "mode_without_unity_catalog" {
  command = plan

  variables {
    data_security_mode = "NONE"
  }

  expect_failures = [var.data_security_mode]
}

# https://docs.databricks.com/aws/en/compute/standard-limitations: custom containers are not supported.
run "image_in_standard_mode" {
  command = plan

  variables {
    data_security_mode = "USER_ISOLATION"
    image              = "registry.example.com/etl:1.4.0"
  }

  expect_failures = [var.data_security_mode]
}

run "machine_learning_in_standard_mode" {
  command = plan

  variables {
    data_security_mode = "USER_ISOLATION"
    release            = "15.4.x-cpu-ml-scala2.12"
  }

  expect_failures = [var.data_security_mode]
}

# The engine is always named, and with such a release Databricks refuses the name.
run "engine_in_the_release" {
  command = plan

  variables {
    photon  = true
    release = "15.4.x-photon-scala2.12"
  }

  expect_failures = [var.release]
}

run "policy_by_name" {
  command = plan

  variables {
    policy_id = "my policy"
  }

  expect_failures = [var.policy_id]
}

run "spark_property_with_a_blank" {
  command = plan

  variables {
    spark_conf = { "a b" = "c" }
  }

  expect_failures = [var.spark_conf]
}
