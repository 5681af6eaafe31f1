# Ids in the shape that the provider checks wherever one resource refers to another.

mock_resource "azurerm_container_app" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.App/containerApps/worker"
  }
}

mock_resource "azurerm_container_app_environment" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.App/managedEnvironments/new"
  }
}

mock_resource "azurerm_container_app_job" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.App/jobs/job"
  }
}

mock_resource "azurerm_log_analytics_workspace" {
  override_during = plan
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/new"
  }
}

mock_resource "azurerm_role_definition" {
  override_during = plan
  defaults = {
    role_definition_resource_id = "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-0000000000aa"
  }
}

mock_resource "azurerm_user_assigned_identity" {
  override_during = plan
  defaults = {
    id           = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft.ManagedIdentity/userAssignedIdentities/new"
    client_id    = "00000000-0000-0000-0000-00000000000c"
    principal_id = "00000000-0000-0000-0000-00000000000d"
  }
}

mock_data "azurerm_user_assigned_identity" {
  defaults = {
    id           = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    client_id    = "00000000-0000-0000-0000-00000000001c"
    principal_id = "00000000-0000-0000-0000-00000000001d"
  }
}
