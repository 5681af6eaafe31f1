# Paths covered: workload.tf, outputs.tf. The job's settings reach the module inside the cluster; the outputs tell a Kubernetes provider how to
# reach it and an orchestrator how to start it.

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

  mock_resource "google_container_cluster" {
    defaults = {
      master_auth            = { cluster_ca_certificate = "LS0tLS1CRUdJTg==" }
      private_cluster_config = { private_endpoint = "10.0.0.2" }
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

run "a_suspended_job_without_a_schedule" {
  command = plan

  assert {
    condition     = output.kubernetes_namespace == "acme-prod-stripe" && output.cron_job_name == "acme-prod-stripe" && output.name == "acme-prod-stripe" && output.service_name == "acme-prod-stripe" && output.deployment_name == null && output.endpoint_url == null
    error_message = "The job must be a cron job in a namespace of its own."
  }

  assert {
    condition     = output.dagster_k8s_config.image == "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0" && output.dagster_k8s_config.namespace == "acme-prod-stripe" && output.dagster_k8s_config.run_k8s_config.pod_spec_config.nodeSelector == tomap({ "cloud.google.com/gke-nodepool" = "acme-prod-stripe" })
    error_message = "dagster_k8s_config must hold what the launcher takes."
  }
}

run "the_job_runs_on_its_own_machines" {
  command = plan

  assert {
    condition     = output.airflow_kubernetes_config.pod_template_dict.spec.tolerations == [{ effect = "NoSchedule", key = "dedicated", operator = "Equal", value = "job" }]
    error_message = "The pods must be let onto the machines that are kept for them."
  }
}

run "everything_reaches_the_pods" {
  command = plan

  variables {
    namespace                 = "etl"
    kubernetes_labels         = { CostCenter = "FIN-001" }
    labels                    = { "acme.example/tier" = "batch" }
    annotations               = { "acme.example/owner" = "data@acme.example" }
    command                   = ["/bin/etl"]
    args                      = ["run"]
    cpu                       = 2
    memory_mib                = 4096
    ephemeral_storage_mib     = 2048
    timeout_seconds           = 7200
    max_retries               = 1
    parallelism               = 4
    environment_variables     = { LOG_LEVEL = "info" }
    secrets                   = { API_KEY = "stripe/api-key" }
    read_only_root_filesystem = false
    run_as_user               = 1000
    schedule                  = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  assert {
    condition = (
      output.kubernetes_namespace == "etl"
      && output.dagster_k8s_config.command == tolist(["/bin/etl"])
      && output.dagster_k8s_config.args == tolist(["run"])
      && output.dagster_k8s_config.timeout == 7200
      && output.dagster_k8s_config.run_k8s_config.job_spec_config.backoffLimitPerIndex == 1
      && output.dagster_k8s_config.run_k8s_config.job_spec_config.parallelism == 4
      && output.dagster_k8s_config.run_k8s_config.container_config.resources.limits == { cpu = "2", ephemeral-storage = "2Gi", memory = "4Gi" }
      && output.dagster_k8s_config.run_k8s_config.container_config.securityContext.readOnlyRootFilesystem == false
      && output.dagster_k8s_config.run_k8s_config.pod_spec_config.securityContext.runAsUser == 1000
      && [for variable in output.dagster_k8s_config.run_k8s_config.container_config.env : variable.name] == ["LOG_LEVEL", "API_KEY"]
    )
    error_message = "Command, size, limits, variables and users must reach the pods."
  }

  assert {
    condition = (
      output.dagster_k8s_config.run_k8s_config.pod_template_spec_metadata.labels["CostCenter"] == "FIN-001"
      && output.dagster_k8s_config.run_k8s_config.pod_template_spec_metadata.labels["acme.example/tier"] == "batch"
      && output.dagster_k8s_config.run_k8s_config.pod_template_spec_metadata.annotations["acme.example/owner"] == "data@acme.example"
      && output.dagster_k8s_config.run_k8s_config.pod_template_spec_metadata.annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"] == "false"
    )
    error_message = "Labels and annotations must reach the pods, and a run keep its node."
  }

  assert {
    condition     = output.airflow_kubernetes_config.project_id == "acme-data-prod" && output.airflow_kubernetes_config.location == "europe-west1" && output.airflow_kubernetes_config.cluster_name == "acme-prod-stripe" && output.airflow_kubernetes_config.namespace == "etl" && output.airflow_kubernetes_config.use_dns_endpoint && !output.airflow_kubernetes_config.use_internal_ip
    error_message = "airflow_kubernetes_config must name the cluster beside the pod."
  }
}

run "arm_nodes_are_asked_for" {
  command = plan

  variables {
    nodes = { instance_type = "c4a-standard-4" }
  }

  assert {
    condition     = output.dagster_k8s_config.run_k8s_config.pod_spec_config.nodeSelector == tomap({ "cloud.google.com/gke-nodepool" = "acme-prod-stripe", "kubernetes.io/arch" = "arm64" })
    error_message = "Pods must ask for Arm nodes, or GKE keeps them off."
  }
}

run "workers_are_a_deployment" {
  command = plan

  variables {
    workers = { min = 2, max = 4 }
  }

  assert {
    condition     = output.service_name == output.deployment_name && output.deployment_name == "acme-prod-stripe" && output.cron_job_name == null && output.dagster_k8s_config == null && output.airflow_kubernetes_config == null
    error_message = "Workers must be a deployment and have no runs to launch."
  }

  assert {
    condition     = google_container_cluster.this.addons_config[0].horizontal_pod_autoscaling[0].disabled == false
    error_message = "Workers are scaled by the cluster's autoscaler of pods."
  }
}

run "the_provider_reaches_the_dns_endpoint" {
  command = apply

  assert {
    condition     = output.kubernetes_host == "https://${google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint}" && output.kubernetes_ca_certificate == null
    error_message = "The DNS endpoint has a publicly signed certificate, so no authority must be named."
  }

  assert {
    condition     = output.gke_cluster_name == "acme-prod-stripe" && output.cluster_name == "acme-prod-stripe" && output.gke_cluster_endpoint == google_container_cluster.this.endpoint && output.gcs_bucket == null && output.service_account_email == "runner@acme-data-prod.iam.gserviceaccount.com"
    error_message = "The outputs must name the cluster and the identity."
  }
}

run "the_provider_reaches_the_private_endpoint" {
  command = apply

  variables {
    dns_endpoint = false
  }

  assert {
    condition     = output.kubernetes_host == "https://10.0.0.2" && output.kubernetes_ca_certificate == "-----BEGIN" && output.gke_cluster_ca_certificate == "LS0tLS1CRUdJTg=="
    error_message = "The private endpoint's certificate is signed by the cluster's own authority, which must be named."
  }
}

run "labels_by_what_they_tell" {
  command = plan

  variables {
    tags = { cost_center = "fin-001", dativo_cost-center = "fin-002", business_unit = "data", data_classification = "pii", regulations = "gdpr", contains_pii = "true", source_type = "stripe" }
  }

  assert {
    condition     = output.finops_labels == tomap({ cost_center = "fin-001", dativo_cost-center = "fin-002", business_unit = "data" }) && output.classification_labels == tomap({ contains_pii = "true", data_classification = "pii", regulations = "gdpr" })
    error_message = "The labels must be told by group too, whatever style their keys are written in."
  }
}
