# What the module refuses. Paths covered: every validation, by its variable, at its bounds.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "channel_is_a_topic" {
  command = plan

  variables {
    alerts = { channels = ["payments@example.com"] }
  }

  expect_failures = [var.alerts]
}

run "limit_is_whole" {
  command = plan

  variables {
    alerts = { error_lines = 1.5 }
  }

  expect_failures = [var.alerts]
}

run "limit_is_positive" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "slow_comes_before_the_timeout" {
  command = plan

  variables {
    alerts = { run_seconds = 900 }
  }

  expect_failures = [var.alerts]
}

run "architecture_is_known" {
  command = plan

  variables {
    cpu_architecture = "arm64"
  }

  expect_failures = [var.cpu_architecture]
}

run "environment_has_no_dots" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
}

run "environment_is_short" {
  command = plan

  variables {
    environment = "e12345678901234567890123456789012"
  }

  expect_failures = [var.environment]
}

run "variable_starts_with_a_letter" {
  command = plan

  variables {
    environment_variables = { _LEVEL = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_has_two_characters" {
  command = plan

  variables {
    environment_variables = { L = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_has_no_hyphen" {
  command = plan

  variables {
    environment_variables = { LOG-LEVEL = "info" }
  }

  expect_failures = [var.environment_variables]
}

run "variable_is_not_lambdas" {
  command = plan

  variables {
    environment_variables = { AWS_REGION = "eu-central-1" }
  }

  expect_failures = [var.environment_variables]
}

run "variables_are_few" {
  command = plan

  variables {
    environment_variables = { LONG = join("", [for n in range(1000) : "xxxxx"]) }
  }

  expect_failures = [var.environment_variables]
}

run "disk_has_a_least" {
  command = plan

  variables {
    ephemeral_storage_mib = 511
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "disk_has_a_most" {
  command = plan

  variables {
    ephemeral_storage_mib = 10241
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "identity_is_a_role" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "image_is_in_ecr" {
  command = plan

  variables {
    image = "docker.io/library/python:3.12"
  }

  expect_failures = [var.image]
}

run "image_is_not_in_a_public_gallery" {
  command = plan

  variables {
    image = "public.ecr.aws/docker/library/python:3.12"
  }

  expect_failures = [var.image]
}

run "image_has_a_repository" {
  command = plan

  variables {
    image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/"
  }

  expect_failures = [var.image]
}

run "key_is_an_arn" {
  command = plan

  variables {
    kms_key_id = "alias/etl"
  }

  expect_failures = [var.kms_key_id]
}

run "log_group_is_not_awss" {
  command = plan

  variables {
    log_group_name = "aws/etl"
  }

  expect_failures = [var.log_group_name]
}

run "log_group_has_no_blank" {
  command = plan

  variables {
    log_group_name = "etl orders"
  }

  expect_failures = [var.log_group_name]
}

run "log_key_is_an_arn" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "retention_comes_in_steps" {
  command = plan

  variables {
    log_retention_days = 45
  }

  expect_failures = [var.log_retention_days]
}

run "retries_are_two_at_most" {
  command = plan

  variables {
    max_retries = 3
  }

  expect_failures = [var.max_retries]
}

run "retries_are_whole" {
  command = plan

  variables {
    max_retries = 0.5
  }

  expect_failures = [var.max_retries]
}

run "memory_has_a_least" {
  command = plan

  variables {
    memory_mib = 127
  }

  expect_failures = [var.memory_mib]
}

run "memory_has_a_most" {
  command = plan

  variables {
    memory_mib = 10241
  }

  expect_failures = [var.memory_mib]
}

run "memory_is_whole" {
  command = plan

  variables {
    memory_mib = 1024.5
  }

  expect_failures = [var.memory_mib]
}

run "namespace_is_not_awss" {
  command = plan

  variables {
    metrics_namespace = "AWS/etl"
  }

  expect_failures = [var.metrics_namespace]
}

run "name_has_no_blank" {
  command = plan

  variables {
    name = "the orders"
  }

  expect_failures = [var.name]
}

run "name_is_short" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
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

run "secret_is_an_arn" {
  command = plan

  variables {
    readable_secrets = ["prod/stripe"]
  }

  expect_failures = [var.readable_secrets]
}

run "concurrency_is_positive" {
  command = plan

  variables {
    reserved_concurrency = 0
  }

  expect_failures = [var.reserved_concurrency]
}

run "cron_has_six_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "cron_has_one_question_mark" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * * *)" }
  }

  expect_failures = [var.schedule]
}

run "zone_is_a_name" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)", timezone = "CET +1" }
  }

  expect_failures = [var.schedule]
}

run "keys_of_secrets_are_arns" {
  command = plan

  variables {
    readable_secrets     = ["arn:aws:ssm:eu-central-1:123456789012:parameter/a"]
    secrets_kms_key_arns = ["alias/secrets"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "keys_of_no_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/1"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "bucket_is_a_name" {
  command = plan

  variables {
    storage = { bucket = "s3://lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_is_no_pattern" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "raw/*" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_needs_its_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "orders" }
  }

  expect_failures = [var.storage]
}

run "tags_are_50_at_most" {
  command = plan

  variables {
    tags = { for n in range(51) : "Key${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tag_has_no_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tag_is_not_awss" {
  command = plan

  variables {
    tags = { "AWS:owner" = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_keys_differ_in_more_than_case" {
  command = plan

  variables {
    tags = { Owner = "a", owner = "b" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_short" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}

run "timeout_is_15_minutes_at_most" {
  command = plan

  variables {
    timeout_seconds = 901
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_is_positive" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
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

run "alerts_records_without_a_field" {
  command = plan

  variables {
    alerts = { records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_without_a_limit" {
  command = plan

  variables {
    alerts = { records_field = "records" }
  }

  expect_failures = [var.alerts]
}

run "alerts_field_that_is_a_pattern" {
  command = plan

  variables {
    alerts = { records_field = "$.records || true", records_processed_min = 10 }
  }

  expect_failures = [var.alerts]
}

run "alerts_part_of_a_record" {
  command = plan

  variables {
    alerts = { records_field = "records", records_processed_min = 0.5 }
  }

  expect_failures = [var.alerts]
}
