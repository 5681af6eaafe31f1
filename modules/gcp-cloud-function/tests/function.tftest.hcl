# The function. Paths covered: main.tf, network.tf. What is built and how it runs; sizes, variables, secrets; the ways into a VPC; outputs.

mock_provider "google" {
  source = "./tests/mocks"
}

mock_provider "time" {}

variables {
  project_id     = "acme-data-prod"
  region         = "europe-west1"
  name           = "rates"
  tenant         = "acme"
  environment    = "prod"
  source_archive = "gs://acme-functions/rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"
}

run "defaults" {
  assert {
    condition = (
      google_cloudfunctions2_function.this.build_config[0].runtime == "python312" && google_cloudfunctions2_function.this.build_config[0].entry_point == "main"
      && google_cloudfunctions2_function.this.build_config[0].source[0].storage_source[0].bucket == "acme-functions"
      && google_cloudfunctions2_function.this.build_config[0].source[0].storage_source[0].object == "rates-1.4.0.zip"
    )
    error_message = "Runtime, entry point and archive must be those given."
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this.service_config[0].available_cpu == "1" && google_cloudfunctions2_function.this.service_config[0].available_memory == "2Gi"
      && google_cloudfunctions2_function.this.service_config[0].timeout_seconds == 1800 && google_cloudfunctions2_function.this.service_config[0].max_instance_count == 1
      && google_cloudfunctions2_function.this.service_config[0].max_instance_request_concurrency == 1
    )
    error_message = "A function must have 1 vCPU, 2 GiB and half an hour, and one run at a time."
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "A function must not be reached from outside."
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].vpc_connector == null && length(google_cloudfunctions2_function.this.service_config[0].direct_vpc_network_interface) == 0
    error_message = "Without a network the function must be in no VPC."
  }
}

run "an_object_in_a_folder_with_its_generation" {
  variables {
    source_archive = "gs://acme-functions/etl/rates/main.zip#1730000000000001"
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this.build_config[0].source[0].storage_source[0].bucket == "acme-functions"
      && google_cloudfunctions2_function.this.build_config[0].source[0].storage_source[0].object == "etl/rates/main.zip"
      && google_cloudfunctions2_function.this.build_config[0].source[0].storage_source[0].generation == 1730000000000001
    )
    error_message = "Bucket, object and generation must be told apart."
  }
}

run "sizes_variables_and_secrets" {
  variables {
    cpu                   = 0.583
    memory_mib            = 768
    timeout_seconds       = 3600
    max_instances         = 3
    environment_variables = { LOG_LEVEL = "info" }
    secrets = {
      API_KEY = "projects/acme-data-prod/secrets/api-key"
      DSN     = "projects/acme-shared/secrets/dsn/versions/3"
    }
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this.service_config[0].available_cpu == "0.583" && google_cloudfunctions2_function.this.service_config[0].available_memory == "768Mi"
      && google_cloudfunctions2_function.this.service_config[0].timeout_seconds == 3600 && google_cloudfunctions2_function.this.service_config[0].max_instance_count == 3
      && google_cloudfunctions2_function.this.service_config[0].environment_variables == tomap({ LOG_LEVEL = "info" })
    )
    error_message = "Sizes and variables must be those given."
  }

  assert {
    condition = { for secret in google_cloudfunctions2_function.this.service_config[0].secret_environment_variables : secret.key => "${secret.project_id}/${secret.secret}/${secret.version}" } == {
      API_KEY = "acme-data-prod/api-key/latest"
      DSN     = "acme-shared/dsn/3"
    }
    error_message = "Each secret must be named with its project and version."
  }
}

run "a_connector_takes_everything" {
  variables {
    network = { connector = "projects/acme-net/locations/europe-west1/connectors/etl" }
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].vpc_connector == "projects/acme-net/locations/europe-west1/connectors/etl" && google_cloudfunctions2_function.this.service_config[0].vpc_connector_egress_settings == "ALL_TRAFFIC"
    error_message = "All traffic of a private function must go through the connector."
  }
}

run "a_connector_for_private_ranges" {
  variables {
    network = { connector = "projects/acme-net/locations/europe-west1/connectors/etl", private = false }
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].vpc_connector_egress_settings == "PRIVATE_RANGES_ONLY"
    error_message = "A function that is not private must reach public addresses directly."
  }
}

run "a_subnetwork_takes_everything" {
  variables {
    network = { subnetwork = "projects/acme-net/regions/europe-west1/subnetworks/etl", network_tags = ["etl", "batch"] }
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this.service_config[0].direct_vpc_egress == "VPC_EGRESS_ALL_TRAFFIC"
      && google_cloudfunctions2_function.this.service_config[0].direct_vpc_network_interface[0].subnetwork == "projects/acme-net/regions/europe-west1/subnetworks/etl"
      && google_cloudfunctions2_function.this.service_config[0].direct_vpc_network_interface[0].tags == tolist(["batch", "etl"])
    )
    error_message = "The function must enter the subnetwork with its network tags, and send everything there."
  }
}

run "every_taggable_resource_has_the_labels" {
  variables {
    alerts   = { error_lines = 1, run_seconds = 60 }
    schedule = { expression = "0 2 * * *" }
    tags     = { cost_center = "fin-001", team = "data" }
  }

  assert {
    condition = alltrue([
      for labels in concat(
        [google_cloudfunctions2_function.this.labels, google_artifact_registry_repository.this.labels],
        [for policy in merge(google_monitoring_alert_policy.logs, google_monitoring_alert_policy.runs) : policy.user_labels],
      ) : labels == var.tags
    ])
    error_message = "The function, its repository and its alerts must have all labels."
  }

  assert {
    condition     = output.all_tags == var.tags && output.all_labels == var.tags && output.labels == var.tags
    error_message = "The outputs must give the labels."
  }
}

run "outputs_of_every_module" {
  assert {
    condition = (
      output.id == google_cloudfunctions2_function.this.id && output.name == "acme-prod-rates" && output.service_name == "acme-prod-rates" && output.cluster_name == null
      && output.endpoint_url == "https://acme-prod-rates-123456789012.europe-west1.run.app" && output.service_uri == output.endpoint_url
    )
    error_message = "The outputs must name the function and the address that runs it."
  }
}
