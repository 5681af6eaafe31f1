# Paths covered: every validation in variables.tf, one value over the line each; and the values at the line that must pass.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_name_has_80_characters_at_most" {
  command = plan

  variables {
    name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
  }

  expect_failures = [var.name]
}

run "a_name_is_not_a_path" {
  command = plan

  variables {
    name = "../etc"
  }

  expect_failures = [var.name]
}

run "a_tenant_has_40_characters_at_most" {
  command = plan

  variables {
    tenant = "ttttttttttttttttttttttttttttttttttttttttt"
  }

  expect_failures = [var.tenant]
}

run "an_environment_has_32_characters_at_most" {
  command = plan

  variables {
    environment = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
  }

  expect_failures = [var.environment]
}

run "an_image_has_no_spaces" {
  command = plan

  variables {
    image = "registry.acme.example/etl runner"
  }

  expect_failures = [var.image]
}

run "an_annotation_key_has_one_slash" {
  command = plan

  variables {
    annotations = { "a/b/c" = "x" }
  }

  expect_failures = [var.annotations]
}

run "an_identity_is_no_annotation" {
  command = plan

  variables {
    annotations = { "eks.amazonaws.com/role-arn" = "arn:aws:iam::123456789012:role/x" }
  }

  expect_failures = [var.annotations]
}

run "annotations_have_256_kib_at_most" {
  command = plan

  variables {
    annotations = { a = format("%262144s", "x") }
  }

  expect_failures = [var.annotations]
}

run "a_label_key_has_63_characters_at_most" {
  command = plan

  variables {
    labels = { "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_value_has_63_characters_at_most" {
  command = plan

  variables {
    labels = { key = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv" }
  }

  expect_failures = [var.labels]
}

run "a_label_value_does_not_end_with_a_dot" {
  command = plan

  variables {
    labels = { key = "value." }
  }

  expect_failures = [var.labels]
}

run "a_label_of_the_module_is_refused" {
  command = plan

  variables {
    labels = { "app.kubernetes.io/instance" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_does_not_differ_from_a_tag" {
  command = plan

  variables {
    labels = { team = "a" }
    tags   = { team = "b" }
  }

  expect_failures = [var.labels]
}

run "a_tag_key_starts_with_a_letter_or_digit" {
  command = plan

  variables {
    tags = { "-key" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_value_has_no_spaces" {
  command = plan

  variables {
    tags = { key = "a b" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_the_module_is_refused" {
  command = plan

  variables {
    tags = { "app.kubernetes.io/name" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_vcpu_has_a_thousand_parts" {
  command = plan

  variables {
    cpu = 0.0005
  }

  expect_failures = [var.cpu]
}

run "there_is_no_machine_of_2000_vcpus" {
  command = plan

  variables {
    cpu = 2000
  }

  expect_failures = [var.cpu]
}

run "memory_is_whole" {
  command = plan

  variables {
    memory_mib = 512.5
  }

  expect_failures = [var.memory_mib]
}

run "memory_is_not_counted_in_gib" {
  command = plan

  variables {
    memory_mib = 4
  }

  expect_failures = [var.memory_mib]
}

run "a_disk_is_whole" {
  command = plan

  variables {
    ephemeral_storage_mib = 0.5
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "a_namespace_that_is_not_made_needs_a_name" {
  command = plan

  variables {
    create_namespace = false
  }

  expect_failures = [var.create_namespace]
}

run "a_namespace_has_no_dots" {
  command = plan

  variables {
    namespace = "data.etl"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_of_kubernetes_is_refused" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}

run "a_variable_does_not_start_with_a_digit" {
  command = plan

  variables {
    environment_variables = { "1A" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_has_one_origin" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "stripe/key" }
  }

  expect_failures = [var.environment_variables]
}

run "a_secret_has_a_key" {
  command = plan

  variables {
    secrets = { A = "stripe" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_is_no_value" {
  command = plan

  variables {
    secrets = { A = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_variable_does_not_start_with_a_digit" {
  command = plan

  variables {
    secrets = { "1A" = "stripe/key" }
  }

  expect_failures = [var.secrets]
}

run "a_role_is_an_arn" {
  command = plan

  variables {
    identity = { aws_role_arn = "etl" }
  }

  expect_failures = [var.identity]
}

run "a_client_id_is_no_resource_id" {
  command = plan

  variables {
    identity = { azure_client_id = "/subscriptions/x" }
  }

  expect_failures = [var.identity]
}

run "a_google_account_is_an_e_mail" {
  command = plan

  variables {
    identity = { google_service_account = "etl" }
  }

  expect_failures = [var.identity]
}

run "a_cluster_is_in_one_cloud" {
  command = plan

  variables {
    identity = { aws_role_arn = "arn:aws:iam::123456789012:role/x", google_service_account = "etl@acme.iam.gserviceaccount.com" }
  }

  expect_failures = [var.identity]
}

run "an_existing_account_has_its_own_identity" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    identity             = { aws_role_arn = "arn:aws:iam::123456789012:role/x" }
  }

  expect_failures = [var.identity]
}

run "an_existing_account_needs_its_namespace" {
  command = plan

  variables {
    service_account_name = "runner"
  }

  expect_failures = [var.service_account_name]
}

run "an_account_has_no_capitals" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "Runner"
  }

  expect_failures = [var.service_account_name]
}

run "an_existing_account_is_granted_nothing" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
    readable_secrets     = ["webhook"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_readable_secret_is_a_name" {
  command = plan

  variables {
    readable_secrets = ["stripe/key"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_pull_secret_is_a_name" {
  command = plan

  variables {
    image_pull_secrets = ["Registry"]
  }

  expect_failures = [var.image_pull_secrets]
}

run "retries_are_ten_at_most" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "workers_have_no_retries" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "a_run_has_10000_pods_at_most" {
  command = plan

  variables {
    parallelism = 10001
  }

  expect_failures = [var.parallelism]
}

run "workers_are_counted_otherwise" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "a_range_is_cidr" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["10.0.0.0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_port_has_16_bits" {
  command = plan

  variables {
    network_policy = { egress_ports = [65536] }
  }

  expect_failures = [var.network_policy]
}

run "dns_is_in_a_namespace" {
  command = plan

  variables {
    network_policy = { dns_namespace = "kube_system" }
  }

  expect_failures = [var.network_policy]
}

run "a_quota_has_room_for_a_pod" {
  command = plan

  variables {
    quota = { cpu = 0.5, memory_mib = 4096, pods = 2 }
  }

  expect_failures = [var.quota]
}

run "a_quota_is_not_for_others" {
  command = plan

  variables {
    namespace = "etl"
    quota     = { cpu = 2, memory_mib = 4096, pods = 2 }
  }

  expect_failures = [var.quota]
}

run "root_is_refused" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "a_schedule_has_five_fields" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * ? *" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_holds_no_time_zone" {
  command = plan

  variables {
    schedule = { expression = "TZ=UTC 0 2 * *" }
  }

  expect_failures = [var.schedule]
}

run "a_time_zone_is_named" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Local" }
  }

  expect_failures = [var.schedule]
}

run "workers_have_no_schedule" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "a_timeout_is_whole" {
  command = plan

  variables {
    timeout_seconds = 0.5
  }

  expect_failures = [var.timeout_seconds]
}

run "a_toleration_is_equal_or_exists" {
  command = plan

  variables {
    tolerations = [{ key = "a", operator = "Like" }]
  }

  expect_failures = [var.tolerations]
}

run "a_toleration_has_a_known_effect" {
  command = plan

  variables {
    tolerations = [{ key = "a", effect = "Never" }]
  }

  expect_failures = [var.tolerations]
}

run "there_is_a_worker" {
  command = plan

  variables {
    workers = { min = 0, max = 1 }
  }

  expect_failures = [var.workers]
}

run "most_is_not_below_least" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "values_at_the_line_pass" {
  command = plan

  variables {
    annotations           = { "acme.example/note" = "a b, c: @" }
    labels                = { "acme.example/tier" = "", team = "a" }
    tags                  = { team = "a", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv" }
    cpu                   = 0.001
    memory_mib            = 16
    ephemeral_storage_mib = 1
    run_as_user           = 1
    parallelism           = 10000
    max_retries           = 10
    network_policy        = { egress_cidr_blocks = ["2001:db8::/32", "0.0.0.0/0"], egress_ports = [1, 65535] }
    schedule              = { expression = "*/5 0-6,12 1 jan mon-fri", timezone = "America/Argentina/Buenos_Aires" }
    secrets               = { "A.B-C" = "s.e-c/key_1.x" }
  }

  assert {
    condition     = output.name == "acme-prod-stripe"
    error_message = "Values at the line must pass."
  }
}
