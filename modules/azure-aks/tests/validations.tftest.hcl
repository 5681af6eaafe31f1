# What the module refuses, one wrong value a run.
#
# Covered: names, image and registry, size, numbers, schedule, secrets, environment variables, network,
# nodes, versions and windows, labels, ids, logs, storage, tags, alerts, and what a worker has no use for.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
}

run "a_name_with_a_slash" {
  command = plan

  variables {
    name = "a/b"
  }

  expect_failures = [var.name]
}

run "a_name_of_81_characters" {
  command = plan

  variables {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.name]
}

run "an_empty_tenant" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "an_environment_of_33_characters" {
  command = plan

  variables {
    environment = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.environment]
}

run "a_resource_group_ending_in_a_dot" {
  command = plan

  variables {
    resource_group_name = "data."
  }

  expect_failures = [var.resource_group_name]
}

run "a_location_with_a_slash" {
  command = plan

  variables {
    location = "west/europe"
  }

  expect_failures = [var.location]
}

run "an_image_with_a_blank" {
  command = plan

  variables {
    image = "acme etl"
  }

  expect_failures = [var.image]
}

run "an_image_of_another_registry" {
  command = plan

  variables {
    container_registry_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/acme"
  }

  expect_failures = [var.image]
}

run "a_registry_by_name" {
  command = plan

  variables {
    container_registry_id = "acme"
    image                 = "acme.azurecr.io/etl:1"
  }

  expect_failures = [var.container_registry_id]
}

run "cpu_finer_than_a_thousandth" {
  command = plan

  variables {
    cpu = 0.0005
  }

  expect_failures = [var.cpu]
}

run "cpu_of_a_whole_node" {
  command = plan

  variables {
    cpu   = 4
    nodes = { instance_type = "Standard_D4s_v5" }
  }

  expect_failures = [var.cpu]
}

run "memory_of_a_whole_node" {
  command = plan

  variables {
    memory_mib = 16384
  }

  expect_failures = [var.memory_mib]
}

run "memory_in_parts_of_a_mib" {
  command = plan

  variables {
    memory_mib = 512.5
  }

  expect_failures = [var.memory_mib]
}

run "eleven_retries" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "retries_of_a_worker" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "parallelism_of_a_worker" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "no_copies" {
  command = plan

  variables {
    parallelism = 0
  }

  expect_failures = [var.parallelism]
}

run "no_time" {
  command = plan

  variables {
    timeout_seconds = 0
  }

  expect_failures = [var.timeout_seconds]
}

run "workers_the_wrong_way_round" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "a_schedule_of_six_fields" {
  command = plan

  variables {
    schedule = { expression = "0 0 2 * * *" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_of_a_worker" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    workers  = { min = 1, max = 1 }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_in_local_time" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Local" }
  }

  expect_failures = [var.schedule]
}

run "a_secret_in_key_vault" {
  command = plan

  variables {
    secrets = { API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-key" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_that_is_a_value" {
  command = plan

  variables {
    secrets = { API_KEY = "sk_live_123" }
  }

  expect_failures = [var.secrets]
}

run "a_variable_twice" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_that_begins_with_a_digit" {
  command = plan

  variables {
    environment_variables = { "1A" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_subnet_by_name" {
  command = plan

  variables {
    network = { subnet_id = "jobs" }
  }

  expect_failures = [var.network]
}

run "a_port_that_is_none" {
  command = plan

  variables {
    network_policy = { egress_ports = [0] }
  }

  expect_failures = [var.network_policy]
}

run "addresses_that_are_none" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["10.0.0.0"] }
  }

  expect_failures = [var.network_policy]
}

run "a_public_cluster_open_to_all" {
  command = plan

  variables {
    network              = { subnet_id = var.subnet_id, private = false }
    authorized_ip_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "a_public_cluster_open_to_nobody_named" {
  command = plan

  variables {
    network = { subnet_id = var.subnet_id, private = false }
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "addresses_for_a_private_cluster" {
  command = plan

  variables {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }

  expect_failures = [var.authorized_ip_ranges]
}

run "a_zone_of_another_name" {
  command = plan

  variables {
    private_dns_zone_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/acme.example"
  }

  expect_failures = [var.private_dns_zone_id]
}

run "a_zone_of_a_public_cluster" {
  command = plan

  variables {
    network              = { subnet_id = var.subnet_id, private = false }
    authorized_ip_ranges = ["198.51.100.0/24"]
    private_dns_zone_id  = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
  }

  expect_failures = [var.private_dns_zone_id]
}

run "routes_that_are_none" {
  command = plan

  variables {
    outbound_type = "none"
  }

  expect_failures = [var.outbound_type]
}

run "services_in_a_tiny_block" {
  command = plan

  variables {
    service_cidr = "172.20.0.0/28"
  }

  expect_failures = [var.service_cidr]
}

run "pods_without_a_mask" {
  command = plan

  variables {
    pod_cidr = "10.244.0.0"
  }

  expect_failures = [var.pod_cidr]
}

run "a_size_of_another_cloud" {
  command = plan

  variables {
    nodes = { instance_type = "m5.xlarge" }
  }

  expect_failures = [var.nodes]
}

run "nodes_counted_and_scaled" {
  command = plan

  variables {
    nodes = { count = 2, autoscaling = { min = 1, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "no_nodes" {
  command = plan

  variables {
    nodes = { count = 0 }
  }

  expect_failures = [var.nodes]
}

run "bounds_the_wrong_way_round" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 3, max = 2 } }
  }

  expect_failures = [var.nodes]
}

run "a_disk_too_small" {
  command = plan

  variables {
    nodes = { disk_gib = 20 }
  }

  expect_failures = [var.nodes]
}

run "a_system_without_nodes" {
  command = plan

  variables {
    system_nodes = { count = 0 }
  }

  expect_failures = [var.system_nodes]
}

run "a_size_of_the_system_that_is_none" {
  command = plan

  variables {
    system_nodes = { instance_type = "D4s" }
  }

  expect_failures = [var.system_nodes]
}

run "a_fourth_zone" {
  command = plan

  variables {
    zones = ["4"]
  }

  expect_failures = [var.zones]
}

run "a_release_with_a_patch" {
  command = plan

  variables {
    release = "1.33.2"
  }

  expect_failures = [var.release]
}

run "a_tier_that_is_none" {
  command = plan

  variables {
    sku_tier = "Basic"
  }

  expect_failures = [var.sku_tier]
}

run "a_window_of_an_hour" {
  command = plan

  variables {
    maintenance_window = { duration_hours = 1 }
  }

  expect_failures = [var.maintenance_window]
}

run "a_window_on_no_day" {
  command = plan

  variables {
    maintenance_window = { day = "sunday" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_window_at_no_time" {
  command = plan

  variables {
    maintenance_window = { start_time = "9:00" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_group_by_name" {
  command = plan

  variables {
    admin_group_object_ids = ["platform"]
  }

  expect_failures = [var.admin_group_object_ids]
}

run "a_namespace_of_kubernetes_own" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}

run "the_default_namespace" {
  command = plan

  variables {
    namespace = "default"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_in_capitals" {
  command = plan

  variables {
    namespace = "Stripe"
  }

  expect_failures = [var.namespace]
}

run "a_label_that_is_none" {
  command = plan

  variables {
    kubernetes_labels = { owner = "a@b" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_that_nodes_may_not_have" {
  command = plan

  variables {
    kubernetes_labels = { "node.kubernetes.io/owner" = "a" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_with_two_values" {
  command = plan

  variables {
    kubernetes_labels = { owner = "a" }
    labels            = { owner = "b" }
  }

  expect_failures = [var.labels]
}

run "an_annotation_that_is_none" {
  command = plan

  variables {
    annotations = { "a b" = "c" }
  }

  expect_failures = [var.annotations]
}

run "an_identity_by_name" {
  command = plan

  variables {
    identity = "etl"
  }

  expect_failures = [var.identity]
}

run "a_key_by_its_address" {
  command = plan

  variables {
    kms_key_id = "https://acme.vault.azure.net/keys/k"
  }

  expect_failures = [var.kms_key_id]
}

run "a_vault_under_another_name" {
  command = plan

  variables {
    key_vault_ids = { other = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/acme" }
  }

  expect_failures = [var.key_vault_ids]
}

run "a_readable_secret_by_its_address" {
  command = plan

  variables {
    readable_secrets = ["https://acme.vault.azure.net/secrets/k"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_workspace_by_name" {
  command = plan

  variables {
    log_analytics_workspace_id = "logs"
  }

  expect_failures = [var.log_analytics_workspace_id]
}

run "logs_for_a_week" {
  command = plan

  variables {
    log_retention_days = 7
  }

  expect_failures = [var.log_retention_days]
}

run "time_for_the_logs_of_others" {
  command = plan

  variables {
    log_analytics_workspace_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w"
    log_retention_days         = 90
  }

  expect_failures = [var.log_retention_days]
}

run "a_bucket_by_name" {
  command = plan

  variables {
    storage = { container_id = "lake" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_with_a_slash_in_front" {
  command = plan

  variables {
    storage = { container_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", prefix = "/raw" }
  }

  expect_failures = [var.storage]
}

run "a_role_without_storage" {
  command = plan

  variables {
    storage_role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
  }

  expect_failures = [var.storage_role_definition_id]
}

run "a_channel_by_name" {
  command = plan

  variables {
    alerts = { channels = ["on-call"] }
  }

  expect_failures = [var.alerts]
}

run "no_failed_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "a_run_of_three_days" {
  command = plan

  variables {
    alerts = { run_seconds = 259200 }
  }

  expect_failures = [var.alerts]
}

run "long_runs_of_a_worker" {
  command = plan

  variables {
    alerts  = { run_seconds = 600 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "a_tag_with_a_slash" {
  command = plan

  variables {
    tags = { "cost/center" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_azures_own" {
  command = plan

  variables {
    tags = { "Microsoft.x" = "y" }
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

run "root_as_a_user" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "half_a_mib_of_disk" {
  command = plan

  variables {
    ephemeral_storage_mib = 0.5
  }

  expect_failures = [var.ephemeral_storage_mib]
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
