# What is in the cluster: the job, or workers in its place.
#
# Covered: a job on the job's nodes; its namespace; what launchers are told; workers; logs and their rules.

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
}

run "the_job_runs_on_its_own_nodes" {
  command = plan

  variables {
    args                  = ["run"]
    environment_variables = { LOG_LEVEL = "info" }
    memory_mib            = 4096
    secrets               = { STRIPE_API_KEY = "stripe/api-key" }
  }

  assert {
    condition = (
      output.cron_job_name == "acme-prod-stripe-customers" && output.deployment_name == null &&
      output.service_name == "acme-prod-stripe-customers" && output.endpoint_url == null &&
      output.kubernetes_namespace == "acme-prod-stripe-customers"
    )
    error_message = "There must be a cron job, in a namespace called after it."
  }

  assert {
    condition = (
      output.airflow_kubernetes_config.image == var.image &&
      output.airflow_kubernetes_config.namespace == "acme-prod-stripe-customers" &&
      output.airflow_kubernetes_config.pod_template_dict.spec.nodeSelector == tomap({ "kubernetes.azure.com/agentpool" = "job" }) &&
      output.airflow_kubernetes_config.labels["azure.workload.identity/use"] == "true"
    )
    error_message = "Airflow must start runs as the cron job does."
  }

  assert {
    condition     = output.dagster_k8s_config.namespace == "acme-prod-stripe-customers" && output.dagster_k8s_config.image == var.image
    error_message = "Dagster must start runs as the cron job does."
  }
}

run "workers_run_instead_of_a_job" {
  command = plan

  variables {
    nodes   = { count = 2 }
    workers = { min = 1, max = 4 }
  }

  assert {
    condition = (
      output.deployment_name == "acme-prod-stripe-customers" && output.cron_job_name == null &&
      output.service_name == "acme-prod-stripe-customers" &&
      output.dagster_k8s_config == null && output.airflow_kubernetes_config == null
    )
    error_message = "There must be a deployment and no cron job."
  }
}

run "lines_and_events_are_kept" {
  command = plan

  variables {
    log_retention_days = 90
  }

  assert {
    condition = (
      azurerm_log_analytics_workspace.this[0].retention_in_days == 90 &&
      !azurerm_log_analytics_workspace.this[0].local_authentication_enabled &&
      azurerm_kubernetes_cluster.this.oms_agent[0].log_analytics_workspace_id == azurerm_log_analytics_workspace.this[0].id &&
      azurerm_kubernetes_cluster.this.oms_agent[0].msi_auth_for_monitoring_enabled
    )
    error_message = "Logs must go to a workspace of the job's own, by identity."
  }

  assert {
    condition = (
      contains(azurerm_monitor_data_collection_rule.this.data_flow[0].streams, "Microsoft-ContainerLogV2") &&
      contains(azurerm_monitor_data_collection_rule.this.data_flow[0].streams, "Microsoft-KubeEvents") &&
      contains(azurerm_monitor_data_collection_rule.this.data_flow[0].streams, "Microsoft-KubePodInventory") &&
      jsondecode(azurerm_monitor_data_collection_rule.this.data_sources[0].extension[0].extension_json).dataCollectionSettings.enableContainerLogV2 &&
      azurerm_monitor_data_collection_rule_association.this.name == "ContainerInsightsExtension" &&
      azurerm_monitor_data_collection_rule_association.this.target_resource_id == azurerm_kubernetes_cluster.this.id
    )
    error_message = "What the alerts look at must be collected."
  }

  assert {
    condition = (
      contains([for log in azurerm_monitor_diagnostic_setting.cluster.enabled_log : log.category], "kube-audit-admin") &&
      azurerm_monitor_diagnostic_setting.cluster.log_analytics_workspace_id == azurerm_log_analytics_workspace.this[0].id
    )
    error_message = "Who changed what in the cluster must be kept."
  }
}

run "a_workspace_from_outside_is_written_to" {
  command = plan

  variables {
    log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/shared"
  }

  assert {
    condition = (
      length(azurerm_log_analytics_workspace.this) == 0 &&
      azurerm_kubernetes_cluster.this.oms_agent[0].log_analytics_workspace_id == var.log_analytics_workspace_id &&
      output.log_analytics_workspace_name == "shared"
    )
    error_message = "A workspace that exists must be used."
  }
}
