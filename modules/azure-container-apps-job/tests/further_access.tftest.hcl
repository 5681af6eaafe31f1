# What the identity may do beyond its one blob container and its secrets.
#
# Covered: a role on one resource; further containers that data is written to, each once; an identity from
# outside; what is refused.

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

run "a_role_is_given_on_one_resource" {
  command = plan

  variables {
    access = [{ resource = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/bus/providers/Microsoft.ServiceBus/namespaces/acme/queues/orders", role = "Azure Service Bus Data Receiver" }]
  }

  assert {
    condition     = [for grant in azurerm_role_assignment.this : [grant.scope, grant.role_definition_name]] == [["/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/bus/providers/Microsoft.ServiceBus/namespaces/acme/queues/orders", "Azure Service Bus Data Receiver"]]
    error_message = "The role must be given on that resource, and nothing else."
  }
}

run "data_is_written_to_further_containers" {
  command = plan

  variables {
    storage = {
      container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers/raw"
      prefix       = "in"
      targets = [
        { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers/out", prefix = "orders" },
        { container_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/Lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers/raw", prefix = "copies" },
      ]
    }
  }

  assert {
    condition     = length(azurerm_role_assignment.this) == 2
    error_message = "Each container must have one assignment, in whatever case its id is written."
  }

  assert {
    condition     = strcontains(azurerm_role_assignment.this["storage:data"].condition, "StringStartsWith 'in/'") && strcontains(azurerm_role_assignment.this["storage:data"].condition, "StringStartsWith 'copies/'")
    error_message = "Both places in one container must be reached."
  }

  assert {
    condition     = [for key, grant in azurerm_role_assignment.this : strcontains(grant.condition, "StringStartsWith 'orders/'") if key != "storage:data"] == [true]
    error_message = "The further container must be reached below its own prefix."
  }
}

run "an_identity_from_outside_is_given_no_role" {
  command = plan

  variables {
    identity = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/etl"
    access   = [{ resource = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake", role = "Storage Blob Data Reader" }]
  }

  assert {
    condition     = length(azurerm_role_assignment.this) == 0
    error_message = "The identity of somebody else must be left alone."
  }
}

run "a_role_over_rights_is_refused" {
  command = plan

  variables {
    access = [{ resource = "/subscriptions/00000000-0000-0000-0000-000000000002", role = "owner" }]
  }

  expect_failures = [var.access]
}

run "a_role_on_a_name_is_refused" {
  command = plan

  variables {
    access = [{ resource = "acmelake/raw", role = "Storage Blob Data Reader" }]
  }

  expect_failures = [var.access]
}

run "a_role_given_twice_is_refused" {
  command = plan

  variables {
    access = [
      { resource = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake", role = "Storage Blob Data Reader" },
      { resource = "/subscriptions/00000000-0000-0000-0000-000000000002/resourcegroups/lake", role = "Storage Blob Data Reader" },
    ]
  }

  expect_failures = [var.access]
}
