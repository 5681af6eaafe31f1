# Ids in the spellings that Azure hands out reach the provider in the one that it takes.
#
# Covered: a subnet, a workspace, an environment, an identity; an identity that is another than the one meant.

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

run "a_subnet_and_a_workspace_in_lower_case" {
  command = plan

  variables {
    log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourcegroups/Ops/providers/microsoft.operationalinsights/workspaces/Shared"
    network                    = { subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourcegroups/Net/providers/microsoft.network/virtualnetworks/Hub/subnets/Jobs" }
  }

  assert {
    condition     = azurerm_container_app_environment.this[0].infrastructure_subnet_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub/subnets/Jobs"
    error_message = "The words of the subnet's id must be spelt as the provider has them, and its names kept."
  }

  assert {
    condition = (
      azurerm_container_app_environment.this[0].log_analytics_workspace_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/Ops/providers/Microsoft.OperationalInsights/workspaces/Shared" &&
      output.log_analytics_workspace_name == "Shared"
    )
    error_message = "The words of the workspace's id must be spelt as the provider has them, and its names kept."
  }
}

run "an_environment_and_an_identity_in_lower_case" {
  command = plan

  variables {
    container_app_environment_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourcegroups/Apps/providers/microsoft.app/managedenvironments/Shared"
    identity                     = "/subscriptions/00000000-0000-0000-0000-000000000002/resourcegroups/people/providers/microsoft.managedidentity/userassignedidentities/etl"
  }

  assert {
    condition     = azurerm_container_app_job.this[0].container_app_environment_id == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/Apps/providers/Microsoft.App/managedEnvironments/Shared"
    error_message = "The words of the environment's id must be spelt as the provider has them, and its names kept."
  }

  assert {
    condition     = one(azurerm_container_app_job.this[0].identity[0].identity_ids) == "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    error_message = "The words of the identity's id must be spelt as the provider has them, and its names kept."
  }
}

run "an_identity_of_another_subscription" {
  command = plan

  variables {
    identity = "/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
  }

  expect_failures = [data.azurerm_user_assigned_identity.this]
}
