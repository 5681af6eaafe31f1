# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

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

run "applications_are_names" {
  command = plan

  variables {
    applications = ["Hadoop Spark"]
  }

  expect_failures = [var.applications]
}

run "applications_contain_spark" {
  command = plan

  variables {
    applications = ["Hadoop"]
  }

  expect_failures = [var.applications]
}

run "cluster_id_is_no_name" {
  command = plan

  variables {
    cluster_id = "etl"
    network    = null
  }

  expect_failures = [var.cluster_id]
}

run "cluster_needs_a_network" {
  command = plan

  variables {
    network = null
  }

  expect_failures = [var.cluster_id]
}

run "existing_cluster_has_its_network" {
  command = plan

  variables {
    cluster_id = "j-1"
  }

  expect_failures = [var.cluster_id]
}

run "existing_cluster_has_its_nodes" {
  command = plan

  variables {
    cluster_id = "j-1"
    network    = null
    nodes      = { count = 3 }
  }

  expect_failures = [var.cluster_id]
}

run "existing_cluster_has_its_rights" {
  command = plan

  variables {
    cluster_id = "j-1"
    network    = null
    storage    = { bucket = "lake" }
  }

  expect_failures = [var.cluster_id]
}

run "configurations_are_classifications" {
  command = plan

  variables {
    configurations = { "spark defaults" = {} }
  }

  expect_failures = [var.configurations]
}

run "certificates_are_a_zip" {
  command = plan

  variables {
    in_transit_certificates = "s3://keys/prod.pem"
  }

  expect_failures = [var.in_transit_certificates]
}

run "release_is_one" {
  command = plan

  variables {
    release = "7.10.0"
  }

  expect_failures = [var.release]
}

run "release_is_not_too_old" {
  command = plan

  variables {
    release = "emr-5.31.1"
  }

  expect_failures = [var.release]
}

run "release_is_not_six_one" {
  command = plan

  variables {
    release = "emr-6.1.1"
  }

  expect_failures = [var.release]
}

run "spark_options_need_spark" {
  command = plan

  variables {
    entry_point   = null
    command       = ["true"]
    spark_options = ["--conf", "a=b"]
  }

  expect_failures = [var.spark_options]
}

run "steps_run_side_by_side" {
  command = plan

  variables {
    step_concurrency = 257
  }

  expect_failures = [var.step_concurrency]
}

run "applications_are_spelt_as_emr_does" {
  command = plan

  variables {
    applications = ["hadoop", "spark"]
  }

  expect_failures = [var.applications]
}

run "deploy_mode_is_one_of_two" {
  command = plan

  variables {
    deploy_mode = "standalone"
  }

  expect_failures = [var.deploy_mode]
}

run "deploy_mode_of_a_command" {
  command = plan

  variables {
    entry_point = null
    command     = ["true"]
    deploy_mode = "cluster"
  }

  expect_failures = [var.deploy_mode]
}

run "deploy_mode_among_the_options" {
  command = plan

  variables {
    spark_options = ["--deploy-mode=cluster"]
  }

  expect_failures = [var.spark_options]
}

run "own_key_that_is_there_anyhow" {
  command = plan

  variables {
    keep_own_key = true
  }

  expect_failures = [var.keep_own_key]
}
