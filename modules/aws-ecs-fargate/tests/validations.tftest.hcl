# What is refused before anything is made, one input a run. Paths covered:
# - identity, image and size, times and numbers, logs, references to existing things
# - secrets, schedule, workers, alerts, network, tags
# - combinations in which a setting would have no effect
# - policies longer than IAM takes

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
    tenant = join("", [for n in range(41) : "n"])
  }

  expect_failures = [var.tenant]
}

run "environment_not_ascii" {
  command = plan

  variables {
    environment = "prüfung"
  }

  expect_failures = [var.environment]
}

run "image_with_a_space" {
  command = plan

  variables {
    image = "my image"
  }

  expect_failures = [var.image]
}

run "cpu_that_fargate_has_not" {
  command = plan

  variables {
    cpu = 3
  }

  expect_failures = [var.cpu]
}

run "memory_that_does_not_go_with_cpu" {
  command = plan

  variables {
    cpu        = 0.25
    memory_mib = 4096
  }

  expect_failures = [var.memory_mib]
}

run "memory_between_two_steps" {
  command = plan

  variables {
    cpu        = 8
    memory_mib = 17408
  }

  expect_failures = [var.memory_mib]
}

run "architecture_unknown" {
  command = plan

  variables {
    cpu_architecture = "arm64"
  }

  expect_failures = [var.cpu_architecture]
}

run "disk_too_small" {
  command = plan

  variables {
    ephemeral_storage_gib = 20
  }

  expect_failures = [var.ephemeral_storage_gib]
}

run "disk_too_large" {
  command = plan

  variables {
    ephemeral_storage_gib = 201
  }

  expect_failures = [var.ephemeral_storage_gib]
}

run "timeout_zero" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "timeout_and_retries_beyond_a_year" {
  command = plan

  variables {
    timeout_seconds = 15768001
    max_retries     = 1
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_negative" {
  command = plan

  variables {
    max_retries = -1
  }

  expect_failures = [var.max_retries]
}

run "parallelism_beyond_the_map_state" {
  command = plan

  variables {
    parallelism = 41
  }

  expect_failures = [var.parallelism]
}

run "retention_that_cloudwatch_has_not" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "retention_for_ever" {
  command = plan

  variables {
    log_retention_days = 0
  }

  expect_failures = [var.log_retention_days]
}

run "log_group_reserved" {
  command = plan

  variables {
    log_group_name = "aws/etl"
  }

  expect_failures = [var.log_group_name]
}

run "log_key_not_an_arn" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "namespace_reserved" {
  command = plan

  variables {
    metrics_namespace = "AWS/ECS"
  }

  expect_failures = [var.metrics_namespace]
}

run "cluster_given_as_arn" {
  command = plan

  variables {
    cluster_name = "arn:aws:ecs:eu-central-1:123456789012:cluster/shared"
  }

  expect_failures = [var.cluster_name]
}

run "identity_not_a_role" {
  command = plan

  variables {
    identity = "arn:aws:iam::123456789012:user/me"
  }

  expect_failures = [var.identity]
}

run "key_without_storage" {
  command = plan

  variables {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }

  expect_failures = [var.kms_key_id]
}

run "key_given_as_alias" {
  command = plan

  variables {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:alias/data"
    storage    = { bucket = "lake" }
  }

  expect_failures = [var.kms_key_id]
}

run "bucket_given_as_arn" {
  command = plan

  variables {
    storage = { bucket = "arn:aws:s3:::lake" }
  }

  expect_failures = [var.storage]
}

run "prefix_with_a_wildcard" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "*" }
  }

  expect_failures = [var.storage]
}

run "prefix_with_a_policy_variable" {
  command = plan

  variables {
    storage = { bucket = "lake", prefix = "home/$${aws:username}" }
  }

  expect_failures = [var.storage]
}

run "state_prefix_without_state_bucket" {
  command = plan

  variables {
    storage = { bucket = "lake", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}

run "secret_given_as_value" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "secret_and_variable_of_one_name" {
  command = plan

  variables {
    secrets               = { KEY = "arn:aws:ssm:eu-central-1:123456789012:parameter/key" }
    environment_variables = { KEY = "x" }
  }

  expect_failures = [var.secrets]
}

run "secret_with_an_awkward_name" {
  command = plan

  variables {
    secrets = { "MY KEY" = "arn:aws:ssm:eu-central-1:123456789012:parameter/key" }
  }

  expect_failures = [var.secrets]
}

run "variable_with_an_awkward_name" {
  command = plan

  variables {
    environment_variables = { "1ST" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "readable_secret_with_a_wildcard" {
  command = plan

  variables {
    readable_secrets = ["arn:aws:ssm:eu-central-1:123456789012:parameter/*"]
  }

  expect_failures = [var.readable_secrets]
}

run "secret_keys_without_secrets" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "schedule_with_five_fields" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_without_a_question_mark" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 * * * *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_with_two_question_marks" {
  command = plan

  variables {
    schedule = { expression = "cron(0 2 ? * ? *)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_every_zero_minutes" {
  command = plan

  variables {
    schedule = { expression = "rate(0 minutes)" }
  }

  expect_failures = [var.schedule]
}

run "schedule_with_an_awkward_time_zone" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)", timezone = "" }
  }

  expect_failures = [var.schedule]
}

run "schedule_of_a_worker" {
  command = plan

  variables {
    schedule = { expression = "rate(1 hour)" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "worker_with_parallelism" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "worker_with_retries" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "worker_with_run_seconds" {
  command = plan

  variables {
    alerts  = { run_seconds = 60 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "worker_alarm_without_container_insights" {
  command = plan

  variables {
    alerts             = {}
    container_insights = false
    workers            = { min = 1, max = 1 }
  }

  expect_failures = [var.container_insights]
}

run "workers_from_zero" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "workers_with_max_below_min" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "alert_channel_not_a_topic" {
  command = plan

  variables {
    alerts = { channels = ["me@example.com"] }
  }

  expect_failures = [var.alerts]
}

run "alert_limit_zero" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "network_without_subnets" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = [] }
  }

  expect_failures = [var.network]
}

run "network_with_a_wrong_id" {
  command = plan

  variables {
    network = { vpc_id = "subnet-a", subnet_ids = ["subnet-a"] }
  }

  expect_failures = [var.network]
}

run "network_with_a_wrong_block" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["anywhere"] }
  }

  expect_failures = [var.network]
}

run "network_with_no_way_out" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = [] }
  }

  expect_failures = [var.network]
}

run "blocks_beside_groups_of_ones_own" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-a"], egress_cidr_blocks = ["10.0.0.0/8"] }
  }

  expect_failures = [var.network]
}

run "too_many_security_groups" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = [for n in range(6) : "sg-${n}"] }
  }

  expect_failures = [var.network]
}

run "tag_with_a_comma" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "tag_of_aws" {
  command = plan

  variables {
    tags = { "AWS:team" = "x" }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case_only" {
  command = plan

  variables {
    tags = { Project = "x", project = "y" }
  }

  expect_failures = [var.tags]
}

run "tag_without_a_value" {
  command = plan

  variables {
    tags = { Owner = null }
  }

  expect_failures = [var.tags]
}

run "too_many_tags" {
  command = plan

  variables {
    tags = { for n in range(51) : "tag${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "more_secrets_than_a_policy_holds" {
  command = plan

  variables {
    secrets = { for n in range(100) : "KEY_${n}" => "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/some/long/path/key-${n}" }
  }

  expect_failures = [aws_iam_policy.execution]
}

run "more_readable_secrets_than_a_policy_holds" {
  command = plan

  variables {
    readable_secrets = [for n in range(100) : "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/some/long/path/key-${n}"]
  }

  expect_failures = [aws_iam_policy.task]
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

run "alerts_rate_of_a_worker" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
    alerts  = { error_rate = 5 }
  }

  expect_failures = [var.alerts]
}
