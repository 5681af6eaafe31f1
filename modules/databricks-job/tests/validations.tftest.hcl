# What is refused before anything is made, one input a run. Paths covered:
# - identity, what is run, its cluster, limits, schedule
# - variables and secrets, alerts, permissions, tags of each cloud
# - combinations in which a setting would have no effect

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

run "name_with_a_slash" {
  command = plan

  variables {
    name = "../../etc"
  }

  expect_failures = [var.name]
}

run "name_too_long" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "tenant_empty" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "tenant_too_long" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}

run "environment_with_a_dot" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
}

run "environment_too_long" {
  command = plan

  variables {
    environment = join("", [for n in range(33) : "e"])
  }

  expect_failures = [var.environment]
}

run "another_cloud" {
  command = plan

  variables {
    cloud = "ibm"
  }

  expect_failures = [var.cloud]
}

run "notebook_without_a_slash" {
  command = plan

  variables {
    entry_point = "etl/orders"
  }

  expect_failures = [var.entry_point]
}

run "notebook_in_a_volume" {
  command = plan

  variables {
    entry_point = "/Volumes/etl/prod/code/orders"
  }

  expect_failures = [var.entry_point]
}

run "file_without_a_place" {
  command = plan

  variables {
    entry_point = "orders.py"
  }

  expect_failures = [var.entry_point]
}

run "function_without_a_wheel" {
  command = plan

  variables {
    entry_point = "etl:run"
  }

  expect_failures = [var.entry_point]
}

run "wheel_without_a_function" {
  command = plan

  variables {
    wheel = "/Volumes/a/b/c/etl.whl"
  }

  expect_failures = [var.entry_point]
}

run "wheel_that_is_none" {
  command = plan

  variables {
    entry_point = "etl:run"
    wheel       = "/Volumes/a/b/c/etl.zip"
  }

  expect_failures = [var.wheel]
}

run "wheel_on_the_web" {
  command = plan

  variables {
    entry_point = "etl:run"
    wheel       = "https://example.com/etl.whl"
  }

  expect_failures = [var.wheel]
}

run "parameter_without_a_name" {
  command = plan

  variables {
    args = ["day=1", "--force"]
  }

  expect_failures = [var.args]
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

run "role_for_an_instance_profile" {
  command = plan

  variables {
    instance_profile_arn = "arn:aws:iam::123456789012:role/etl"
  }

  expect_failures = [var.instance_profile_arn]
}

run "instance_profile_on_azure" {
  command = plan

  variables {
    cloud                = "azure"
    instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/etl"
  }

  expect_failures = [var.instance_profile_arn]
}

run "logs_in_a_bucket" {
  command = plan

  variables {
    log_destination = "s3://acme-logs"
  }

  expect_failures = [var.log_destination]
}

run "logs_in_half_a_volume" {
  command = plan

  variables {
    log_destination = "/Volumes/etl/prod"
  }

  expect_failures = [var.log_destination]
}

run "image_with_a_blank" {
  command = plan

  variables {
    image = "etl 1"
  }

  expect_failures = [var.image]
}

run "policy_by_name" {
  command = plan

  variables {
    policy_id = "my policy"
  }

  expect_failures = [var.policy_id]
}

run "identity_by_name" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "variable_with_a_hyphen" {
  command = plan

  variables {
    environment_variables = { A-B = "c" }
  }

  expect_failures = [var.environment_variables]
}

run "secret_among_variables" {
  command = plan

  variables {
    environment_variables = { A = "{{secrets/s/k}}" }
  }

  expect_failures = [var.environment_variables]
}

run "secret_value" {
  command = plan

  variables {
    secrets = { A = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "secret_with_a_bad_name" {
  command = plan

  variables {
    secrets = { "1A" = "s/k" }
  }

  expect_failures = [var.secrets]
}

run "secret_and_variable" {
  command = plan

  variables {
    environment_variables = { A = "b" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.secrets]
}

run "spark_property_with_a_blank" {
  command = plan

  variables {
    spark_conf = { "a b" = "c" }
  }

  expect_failures = [var.spark_conf]
}

run "timeout_of_nothing" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_without_end" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "cron_of_unix" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "cron_with_two_days" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 1 * MON" }
  }

  expect_failures = [var.schedule]
}

run "cron_with_no_day" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 ? * ?" }
  }

  expect_failures = [var.schedule]
}

run "time_zone_with_a_blank" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * ?", timezone = "Central Europe" }
  }

  expect_failures = [var.schedule]
}

run "channel_of_another_cloud" {
  command = plan

  variables {
    alerts = { channels = ["arn:aws:sns:us-east-1:123456789012:t"] }
  }

  expect_failures = [var.alerts]
}

run "nobody_to_tell" {
  command = plan

  variables {
    alerts = {}
  }

  expect_failures = [var.alerts]
}

run "too_many_destinations" {
  command = plan

  variables {
    alerts = { channels = [for n in range(4) : "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5${n}"] }
  }

  expect_failures = [var.alerts]
}

run "runs_of_no_time" {
  command = plan

  variables {
    alerts = { channels = ["a@example.com"], run_seconds = 0 }
  }

  expect_failures = [var.alerts]
}

run "unknown_level" {
  command = plan

  variables {
    permissions = { team = "CAN_RUN" }
  }

  expect_failures = [var.permissions]
}

run "two_owners" {
  command = plan

  variables {
    permissions = { "a@example.com" = "IS_OWNER", "b@example.com" = "IS_OWNER" }
  }

  expect_failures = [var.permissions]
}

run "group_as_owner" {
  command = plan

  variables {
    permissions = { team = "IS_OWNER" }
  }

  expect_failures = [var.permissions]
}

run "rights_of_admins" {
  command = plan

  variables {
    permissions = { admins = "CAN_VIEW" }
  }

  expect_failures = [var.permissions]
}

run "too_many_tags" {
  command = plan

  variables {
    tags = { for n in range(46) : "t${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case" {
  command = plan

  variables {
    tags = { Owner = "a", owner = "b" }
  }

  expect_failures = [var.tags]
}

run "tag_of_databricks" {
  command = plan

  variables {
    tags = { ClusterName = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_name" {
  command = plan

  variables {
    tags = { Name = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_of_aws" {
  command = plan

  variables {
    tags = { "aws:x" = "y" }
  }

  expect_failures = [var.tags]
}

run "comma_on_aws" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "long_value_on_aws" {
  command = plan

  variables {
    tags = { A = join("", [for n in range(256) : "x"]) }
  }

  expect_failures = [var.tags]
}

run "slash_on_azure" {
  command = plan

  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5" }
    tags  = { "a/b" = "c" }
  }

  expect_failures = [var.tags]
}

run "another_script_on_azure" {
  command = plan

  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5" }
    tags  = { Desk = "東京" }
  }

  expect_failures = [var.tags]
}

run "address_on_google_cloud" {
  command = plan

  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
    tags  = { Owner = "a@example.com" }
  }

  expect_failures = [var.tags]
}

run "long_key_on_google_cloud" {
  command = plan

  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
    tags  = { (join("", [for n in range(64) : "k"])) = "v" }
  }

  expect_failures = [var.tags]
}

run "tag_key_that_is_none" {
  command = plan

  variables {
    job_tag_keys = ["Owner"]
    tags         = { Desk = "12" }
  }

  expect_failures = [var.job_tag_keys]
}

run "too_many_tag_keys" {
  command = plan

  variables {
    job_tag_keys = [for n in range(26) : "t${n}"]
    tags         = { for n in range(30) : "t${n}" => "x" }
  }

  expect_failures = [var.job_tag_keys]
}

run "too_many_tags_on_an_existing_cluster" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    nodes               = {}
    release             = null
    tags                = { for n in range(26) : "t${n}" => "x" }
  }

  expect_failures = [var.job_tag_keys]
}
