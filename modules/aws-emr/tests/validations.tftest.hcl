# What is refused before anything is made. One wrong value a run; the message belongs to its variable.

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

run "alert_channel_is_a_topic" {
  command = plan

  variables {
    alerts = { channels = ["oncall"] }
  }

  expect_failures = [var.alerts]
}

run "alert_limits_are_whole" {
  command = plan

  variables {
    alerts = { run_seconds = 1.5 }
  }

  expect_failures = [var.alerts]
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

run "code_has_no_wildcard" {
  command = plan

  variables {
    code_uris = ["s3://code/*"]
  }

  expect_failures = [var.code_uris]
}

run "command_or_entry_point" {
  command = plan

  variables {
    command = ["true"]
  }

  expect_failures = [var.command]
}

run "neither_command_nor_entry_point" {
  command = plan

  variables {
    entry_point = null
  }

  expect_failures = [var.command]
}

run "configurations_are_classifications" {
  command = plan

  variables {
    configurations = { "spark defaults" = {} }
  }

  expect_failures = [var.configurations]
}

run "entry_point_is_in_s3" {
  command = plan

  variables {
    entry_point = "main.py"
  }

  expect_failures = [var.entry_point]
}

run "entry_point_is_code" {
  command = plan

  variables {
    entry_point = "s3://code/main.txt"
  }

  expect_failures = [var.entry_point]
}

run "environment_is_a_name" {
  command = plan

  variables {
    environment = "prod env"
  }

  expect_failures = [var.environment]
}

run "variables_are_named" {
  command = plan

  variables {
    environment_variables = { "a-b" = "c" }
  }

  expect_failures = [var.environment_variables]
}

run "identity_is_a_role" {
  command = plan

  variables {
    identity = "arn:aws:iam::123456789012:user/a"
  }

  expect_failures = [var.identity]
}

run "certificates_are_a_zip" {
  command = plan

  variables {
    in_transit_certificates = "s3://keys/prod.pem"
  }

  expect_failures = [var.in_transit_certificates]
}

run "key_is_no_alias" {
  command = plan

  variables {
    kms_key_id = "alias/data"
  }

  expect_failures = [var.kms_key_id]
}

run "log_key_is_no_alias" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "log_retention_is_offered" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "retries_are_whole" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "name_is_a_name" {
  command = plan

  variables {
    name = "-orders"
  }

  expect_failures = [var.name]
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

run "readable_secrets_are_arns" {
  command = plan

  variables {
    readable_secrets = ["token"]
  }

  expect_failures = [var.readable_secrets]
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

run "cron_has_six_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "timezone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "rate(1 day)", timezone = "Central European Time" }
  }

  expect_failures = [var.schedule]
}

run "secret_keys_need_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/s"]
  }

  expect_failures = [var.secrets_kms_key_arns]
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

run "bucket_is_a_name" {
  command = plan

  variables {
    storage = { bucket = "s3://lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_has_no_wildcard" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "raw/*" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_needs_a_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}

run "tags_have_no_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tags_differ_in_more_than_case" {
  command = plan

  variables {
    tags = { Project = "a", project = "b" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_a_name" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "run_ends_within_a_year" {
  command = plan

  variables {
    timeout_seconds = 31536001
  }

  expect_failures = [var.timeout_seconds]
}

run "releases_that_are_new_enough" {
  command = plan

  variables {
    release = "emr-5.32.0"
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-5.32.0"
    error_message = "Releases from 5.32 on must be taken."
  }
}

run "releases_of_six_that_are_new_enough" {
  command = plan

  variables {
    release = "emr-6.2.0"
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-6.2.0"
    error_message = "Releases from 6.2 on must be taken."
  }
}

run "alerts_rate_of_nothing" {
  command = plan

  variables {
    alerts = { error_rate = 0 }
  }

  expect_failures = [var.alerts]
}

run "alerts_rate_above_all_runs" {
  command = plan

  variables {
    alerts = { timeout_rate = 100.5 }
  }

  expect_failures = [var.alerts]
}
