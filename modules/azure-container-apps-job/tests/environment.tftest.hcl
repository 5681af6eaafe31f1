# The environment, its network and its logs.
#
# Covered: new without and with a subnet, private and not; how long logs are kept; an existing
# workspace; an existing environment, its profile and its names.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"
}

run "a_new_environment_is_closed_and_logs" {
  command = plan

  assert {
    condition = (
      azurerm_container_app_environment.this[0].public_network_access == "Disabled" &&
      azurerm_container_app_environment.this[0].logs_destination == "log-analytics" &&
      azurerm_container_app_environment.this[0].log_analytics_workspace_id == azurerm_log_analytics_workspace.this[0].id &&
      azurerm_log_analytics_workspace.this[0].retention_in_days == 30
    )
    error_message = "A new environment must take no public traffic and log to a workspace that keeps logs for 30 days."
  }

  assert {
    condition = (
      azurerm_container_app_environment.this[0].infrastructure_subnet_id == null &&
      azurerm_container_app_environment.this[0].internal_load_balancer_enabled == null &&
      azurerm_container_app_environment.this[0].infrastructure_resource_group_name == null
    )
    error_message = "Without a subnet there is no internal load balancer to ask for."
  }

  assert {
    condition = (
      one(azurerm_container_app_environment.this[0].workload_profile).name == "Consumption" &&
      azurerm_container_app_job.this[0].workload_profile_name == "Consumption"
    )
    error_message = "Only an environment with the Consumption profile takes 4 vCPU."
  }
}

run "a_private_subnet_has_an_internal_load_balancer" {
  command = plan

  variables {
    network = { subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs" }
  }

  assert {
    condition = (
      azurerm_container_app_environment.this[0].infrastructure_subnet_id == var.network.subnet_id &&
      azurerm_container_app_environment.this[0].internal_load_balancer_enabled &&
      azurerm_container_app_environment.this[0].public_network_access == "Disabled" &&
      azurerm_container_app_environment.this[0].infrastructure_resource_group_name == "acme-prod-stripe-customers-env-infra"
    )
    error_message = "A private environment in a subnet must be internal, and its second resource group named."
  }
}

run "a_public_subnet_has_a_public_load_balancer" {
  command = plan

  variables {
    network = {
      subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
      private   = false
    }
  }

  assert {
    condition     = !azurerm_container_app_environment.this[0].internal_load_balancer_enabled && azurerm_container_app_environment.this[0].public_network_access == "Enabled"
    error_message = "private = false must open the environment."
  }
}

run "logs_are_kept_as_long_as_asked_for" {
  command = plan

  variables {
    log_retention_days = 365
  }

  assert {
    condition     = azurerm_log_analytics_workspace.this[0].retention_in_days == 365
    error_message = "The workspace must keep logs for the time asked for."
  }
}

run "an_existing_workspace_takes_the_logs" {
  command = plan

  variables {
    alerts                     = { error_lines = 1 }
    log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/shared"
  }

  assert {
    condition = (
      length(azurerm_log_analytics_workspace.this) == 0 &&
      azurerm_container_app_environment.this[0].log_analytics_workspace_id == var.log_analytics_workspace_id &&
      azurerm_monitor_scheduled_query_rules_alert_v2.this["error-lines"].scopes == tolist([var.log_analytics_workspace_id]) &&
      output.log_analytics_workspace_id == var.log_analytics_workspace_id && output.log_analytics_workspace_name == "shared"
    )
    error_message = "An existing workspace must be used instead of a new one."
  }
}

run "an_existing_environment_is_used" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/apps/providers/Microsoft.App/managedEnvironments/shared"
    workload_profile_name        = null
  }

  assert {
    condition = (
      length(azurerm_container_app_environment.this) == 0 && length(azurerm_log_analytics_workspace.this) == 0 &&
      azurerm_container_app_job.this[0].container_app_environment_id == var.container_app_environment_id &&
      azurerm_container_app_job.this[0].workload_profile_name == null
    )
    error_message = "An existing environment must be used instead of a new one."
  }

  assert {
    condition = (
      output.cluster_name == "shared" && output.container_app_environment_name == "shared" &&
      output.container_app_environment_id == var.container_app_environment_id &&
      output.log_analytics_workspace_id == null && output.log_analytics_workspace_name == null
    )
    error_message = "The outputs must name the existing environment, and no workspace that is not known."
  }
}

run "a_new_environment_is_named_in_the_outputs" {
  command = plan

  assert {
    condition = (
      output.cluster_name == "acme-prod-stripe-customers-env" && output.container_app_environment_name == output.cluster_name &&
      output.container_app_environment_id == azurerm_container_app_environment.this[0].id &&
      output.log_analytics_workspace_id == azurerm_log_analytics_workspace.this[0].id &&
      output.log_analytics_workspace_name == "acme-prod-stripe-customers-logs"
    )
    error_message = "The outputs must name the new environment and workspace."
  }
}
