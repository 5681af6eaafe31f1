# Paths covered: every validation in variables.tf, one value over the line each; and the values at the line that must pass.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "a_project_number_is_refused" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "a_zone_is_not_a_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
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

run "an_image_is_needed" {
  command = plan

  variables {
    image = ""
  }

  expect_failures = [var.image]
}

run "vcpus_come_in_thousandths" {
  command = plan

  variables {
    cpu = 0.5001
  }

  expect_failures = [var.cpu]
}

run "a_pod_is_smaller_than_its_node" {
  command = plan

  variables {
    cpu = 4
  }

  expect_failures = [var.cpu]
}

run "a_pod_is_smaller_than_its_custom_node" {
  command = plan

  variables {
    cpu   = 2
    nodes = { instance_type = "n2-custom-2-8192" }
  }

  expect_failures = [var.cpu]
}

run "memory_is_less_than_a_nodes" {
  command = plan

  variables {
    memory_mib = 16384
  }

  expect_failures = [var.memory_mib]
}

run "memory_starts_at_16" {
  command = plan

  variables {
    memory_mib = 8
  }

  expect_failures = [var.memory_mib]
}

run "a_machine_type_is_no_size" {
  command = plan

  variables {
    nodes = { instance_type = "large" }
  }

  expect_failures = [var.nodes]
}

run "a_machine_of_another_cloud" {
  command = plan

  variables {
    nodes = { instance_type = "m5.xlarge" }
  }

  expect_failures = [var.nodes]
}

run "machines_that_are_too_small" {
  command = plan

  variables {
    nodes = { instance_type = "e2-micro" }
  }

  expect_failures = [var.nodes]
}

run "count_or_autoscaling" {
  command = plan

  variables {
    nodes = { count = 3, autoscaling = { min = 1, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "a_count_is_spread_over_three_zones" {
  command = plan

  variables {
    nodes = { count = 4 }
  }

  expect_failures = [var.nodes]
}

run "a_count_is_spread_over_the_named_zones" {
  command = plan

  variables {
    nodes = { count = 3 }
    zones = ["europe-west1-b", "europe-west1-c"]
  }

  expect_failures = [var.nodes]
}

run "min_is_not_above_max" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 4, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "the_clusters_own_pods_need_a_node" {
  command = plan

  variables {
    nodes = { autoscaling = { min = 0, max = 3 } }
  }

  expect_failures = [var.nodes]
}

run "a_disk_has_20_gib_at_least" {
  command = plan

  variables {
    nodes = { disk_gib = 10 }
  }

  expect_failures = [var.nodes]
}

run "a_zone_of_another_region" {
  command = plan

  variables {
    zones = ["europe-west4-a"]
  }

  expect_failures = [var.zones]
}

run "a_network_has_a_name" {
  command = plan

  variables {
    network = { network = "", subnetwork = "etl" }
  }

  expect_failures = [var.network]
}

run "a_subnetwork_of_another_region" {
  command = plan

  variables {
    network = { network = "data", subnetwork = "projects/acme-net/regions/us-east1/subnetworks/etl" }
  }

  expect_failures = [var.network]
}

run "a_network_tag_is_a_label" {
  command = plan

  variables {
    network = { network = "data", subnetwork = "etl", network_tags = ["ETL"] }
  }

  expect_failures = [var.network]
}

run "a_range_has_a_name" {
  command = plan

  variables {
    pods_range_name = "Pods"
  }

  expect_failures = [var.pods_range_name]
}

run "a_range_of_services_has_a_name" {
  command = plan

  variables {
    services_range_name = "1"
  }

  expect_failures = [var.services_range_name]
}

run "the_internet_is_not_authorized" {
  command = plan

  variables {
    authorized_networks = { all = "0.0.0.0/0" }
  }

  expect_failures = [var.authorized_networks]
}

run "authorized_networks_are_cidr_blocks" {
  command = plan

  variables {
    authorized_networks = { one = "10.0.0.1" }
  }

  expect_failures = [var.authorized_networks]
}

run "egress_goes_to_cidr_blocks" {
  command = plan

  variables {
    network_policy = { egress_cidr_blocks = ["example.com"] }
  }

  expect_failures = [var.network_policy]
}

run "egress_goes_to_ports" {
  command = plan

  variables {
    network_policy = { egress_ports = [0] }
  }

  expect_failures = [var.network_policy]
}

run "a_namespace_is_a_label" {
  command = plan

  variables {
    namespace = "ETL_jobs"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_of_kubernetes" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_that_is_there_already" {
  command = plan

  variables {
    namespace = "default"
  }

  expect_failures = [var.namespace]
}

run "a_release_is_a_version" {
  command = plan

  variables {
    release = "latest"
  }

  expect_failures = [var.release]
}

run "a_channel_of_gke" {
  command = plan

  variables {
    release_channel = "NIGHTLY"
  }

  expect_failures = [var.release_channel]
}

run "a_maintenance_window_has_four_hours" {
  command = plan

  variables {
    maintenance_window = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T10:00:00Z", recurrence = "FREQ=DAILY" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_maintenance_window_has_times" {
  command = plan

  variables {
    maintenance_window = { start_time = "08:00", end_time = "16:00", recurrence = "FREQ=DAILY" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_maintenance_window_comes_again" {
  command = plan

  variables {
    maintenance_window = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T16:00:00Z", recurrence = "weekends" }
  }

  expect_failures = [var.maintenance_window]
}

run "a_key_without_a_version" {
  command = plan

  variables {
    kms_key_id = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"
  }

  expect_failures = [var.kms_key_id]
}

run "a_key_of_another_region" {
  command = plan

  variables {
    kms_key_id = "projects/p/locations/europe/keyRings/r/cryptoKeys/k"
  }

  expect_failures = [var.kms_key_id]
}

run "a_key_generation_is_counted_from_one" {
  command = plan

  variables {
    kms_key_generation = 0
  }

  expect_failures = [var.kms_key_generation]
}

run "an_identity_of_a_project" {
  command = plan

  variables {
    identity = "123-compute@developer.gserviceaccount.com"
  }

  expect_failures = [var.identity]
}

run "a_group_of_gke" {
  command = plan

  variables {
    authenticator_security_group = "admins@acme.com"
  }

  expect_failures = [var.authenticator_security_group]
}

run "a_secret_is_a_reference" {
  command = plan

  variables {
    secrets = { API_KEY = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "a_secret_of_secret_manager_is_not_one_of_kubernetes" {
  command = plan

  variables {
    secrets = { API_KEY = "projects/acme-data-prod/secrets/api-key" }
  }

  expect_failures = [var.secrets]
}

run "a_readable_secret_has_no_version" {
  command = plan

  variables {
    readable_secrets = ["projects/acme-data-prod/secrets/api-key/versions/1"]
  }

  expect_failures = [var.readable_secrets]
}

run "a_variable_has_a_name" {
  command = plan

  variables {
    environment_variables = { "1ST" = "x" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_has_one_origin" {
  command = plan

  variables {
    environment_variables = { A = "x" }
    secrets               = { A = "s/k" }
  }

  expect_failures = [var.environment_variables]
}

run "a_label_of_google" {
  command = plan

  variables {
    tags = { CostCenter = "x" }
  }

  expect_failures = [var.tags]
}

run "a_label_value_of_google" {
  command = plan

  variables {
    tags = { cost_center = "FIN-001" }
  }

  expect_failures = [var.tags]
}

run "sixty_four_labels" {
  command = plan

  variables {
    tags = { for number in range(65) : "k${number}" => "v" }
  }

  expect_failures = [var.tags]
}

run "a_label_of_kubernetes" {
  command = plan

  variables {
    kubernetes_labels = { "-a" = "x" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_value_of_kubernetes" {
  command = plan

  variables {
    kubernetes_labels = { a = "a@b" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "labels_of_the_module_itself" {
  command = plan

  variables {
    kubernetes_labels = { "app.kubernetes.io/name" = "x" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_further_label_value" {
  command = plan

  variables {
    labels = { a = "a b" }
  }

  expect_failures = [var.labels]
}

run "a_further_label_of_the_module_itself" {
  command = plan

  variables {
    labels = { "app.kubernetes.io/part-of" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_with_two_values" {
  command = plan

  variables {
    kubernetes_labels = { a = "x" }
    labels            = { a = "y" }
  }

  expect_failures = [var.labels]
}

run "an_annotation_has_a_key" {
  command = plan

  variables {
    annotations = { "a b" = "x" }
  }

  expect_failures = [var.annotations]
}

run "the_identity_is_no_annotation" {
  command = plan

  variables {
    annotations = { "iam.gke.io/gcp-service-account" = "x@p.iam.gserviceaccount.com" }
  }

  expect_failures = [var.annotations]
}

run "a_bucket_is_no_address" {
  command = plan

  variables {
    storage = { bucket = "gs://acme" }
  }

  expect_failures = [var.storage]
}

run "a_prefix_has_no_quotes" {
  command = plan

  variables {
    storage = { bucket = "acme-data", prefix = "a\"b" }
  }

  expect_failures = [var.storage]
}

run "a_state_prefix_needs_its_bucket" {
  command = plan

  variables {
    storage = { bucket = "acme-data", state_prefix = "x" }
  }

  expect_failures = [var.storage]
}

run "a_schedule_has_five_fields" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * ? *" }
  }

  expect_failures = [var.schedule]
}

run "a_schedule_has_a_time_zone" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "local" }
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

run "workers_have_bounds" {
  command = plan

  variables {
    workers = { min = 3, max = 2 }
  }

  expect_failures = [var.workers]
}

run "workers_are_not_retried" {
  command = plan

  variables {
    max_retries = 1
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.max_retries]
}

run "workers_have_no_parallelism" {
  command = plan

  variables {
    parallelism = 2
    workers     = { min = 1, max = 1 }
  }

  expect_failures = [var.parallelism]
}

run "a_timeout_is_whole" {
  command = plan

  variables {
    timeout_seconds = 1.5
  }

  expect_failures = [var.timeout_seconds]
}

run "retries_have_a_limit" {
  command = plan

  variables {
    max_retries = 11
  }

  expect_failures = [var.max_retries]
}

run "a_scratch_disk_is_whole" {
  command = plan

  variables {
    ephemeral_storage_mib = 0
  }

  expect_failures = [var.ephemeral_storage_mib]
}

run "never_root" {
  command = plan

  variables {
    run_as_user = 0
  }

  expect_failures = [var.run_as_user]
}

run "a_quota_has_room" {
  command = plan

  variables {
    quota = { cpu = 0.5, memory_mib = 4096, pods = 1 }
  }

  expect_failures = [var.quota]
}

run "logs_are_kept_for_whole_days" {
  command = plan

  variables {
    log_retention_days = 0.5
  }

  expect_failures = [var.log_retention_days]
}

run "a_log_bucket_of_the_project" {
  command = plan

  variables {
    log_bucket_id = "projects/other-project/locations/europe-west1/buckets/etl"
  }

  expect_failures = [var.log_bucket_id]
}

run "a_channel_has_a_full_name" {
  command = plan

  variables {
    alerts = { channels = ["1234"] }
  }

  expect_failures = [var.alerts]
}

run "alerts_count_whole_runs" {
  command = plan

  variables {
    alerts = { failed_runs = 0 }
  }

  expect_failures = [var.alerts]
}

run "runs_are_measured_by_the_minute" {
  command = plan

  variables {
    alerts = { run_seconds = 30 }
  }

  expect_failures = [var.alerts]
}

run "workers_have_no_runs" {
  command = plan

  variables {
    alerts  = { run_seconds = 60 }
    workers = { min = 1, max = 1 }
  }

  expect_failures = [var.alerts]
}

run "values_at_the_line_pass" {
  command = plan

  variables {
    project_id          = "example.com:acme-data"
    cpu                 = 3.999
    memory_mib          = 16383
    nodes               = { instance_type = "e2-standard-4", autoscaling = { min = 1, max = 1000 }, disk_gib = 20 }
    maintenance_window  = { start_time = "2025-01-04T08:00:00Z", end_time = "2025-01-04T12:00:00Z", recurrence = "FREQ=WEEKLY;BYDAY=MO,TU,WE" }
    release             = "1.33"
    tags                = { for number in range(64) : "k${number}" => "v" }
    log_retention_days  = 3650
    max_retries         = 10
    parallelism         = 10000
    run_as_user         = 1
    alerts              = { run_seconds = 60 }
    authorized_networks = { all = "10.0.0.0/8" }
  }

  assert {
    condition     = google_container_node_pool.this.autoscaling[0].total_max_node_count == 1000
    error_message = "Values at their limits must be taken."
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
