# What the identity may do with blobs: a role of the module's own, with and without deleting; paths as conditions.

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

  containers = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers"
  vault_id   = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme-vault"
}

run "a_prefix_bounds_reading_writing_and_listing" {
  command = plan

  variables {
    storage = { container_id = "${var.containers}/lake", prefix = "raw/stripe" }
  }

  assert {
    condition     = azurerm_role_assignment.this["storage:data"].scope == "${var.containers}/lake"
    error_message = "The scope must be the container, not its account."
  }

  assert {
    condition     = azurerm_role_assignment.this["storage:data"].condition_version == "2.0"
    error_message = "Azure knows conditions of version 2.0."
  }

  assert {
    condition     = "${azurerm_role_assignment.this["storage:data"].condition}\n" == <<-EOT
      (
       (
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})
        AND
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
        AND
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'})
        AND
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})
        AND
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action'})
       )
       OR
       (
        @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringStartsWith 'raw/stripe/'
       )
      )
      AND
      (
       (
        !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'Blob.List'})
       )
       OR
       (
        @Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix] StringStartsWith 'raw/stripe/'
       )
      )
    EOT
    error_message = "Every right on blobs must hold below the prefix only, ending in a slash."
  }
}

run "nothing_is_deleted_by_default" {
  command = plan

  variables {
    storage = { container_id = "${var.containers}/lake", prefix = "raw/stripe" }
  }

  assert {
    condition = toset(azurerm_role_definition.storage[0].permissions[0].data_actions) == toset([
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action",
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
    ])
    error_message = "Without allow_delete the role must hold neither deleting nor renaming."
  }

  assert {
    condition     = azurerm_role_definition.storage[0].permissions[0].actions == tolist(["Microsoft.Storage/storageAccounts/blobServices/containers/read"])
    error_message = "The role must not hold the right to delete the container."
  }

  assert {
    condition     = azurerm_role_assignment.this["storage:data"].role_definition_id == azurerm_role_definition.storage[0].role_definition_resource_id
    error_message = "The module's role must be the one that is assigned."
  }
}

run "deleting_is_granted_when_asked_for" {
  command = plan

  variables {
    storage = { container_id = "${var.containers}/lake", prefix = "raw/stripe", allow_delete = true }
  }

  assert {
    condition = length(setsubtract([
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action",
    ], azurerm_role_definition.storage[0].permissions[0].data_actions)) == 0
    error_message = "With allow_delete the role must hold deleting and renaming blobs."
  }

  assert {
    condition     = azurerm_role_definition.storage[0].permissions[0].actions == tolist(["Microsoft.Storage/storageAccounts/blobServices/containers/read"])
    error_message = "Even with allow_delete the role must not hold the right to delete the container."
  }
}

run "a_whole_container_needs_no_condition" {
  command = plan

  variables {
    storage = { container_id = "${var.containers}/lake" }
  }

  assert {
    condition     = azurerm_role_assignment.this["storage:data"].condition == null
    error_message = "Without a prefix there is nothing to bound."
  }
}

run "state_apart_has_an_assignment_of_its_own" {
  command = plan

  variables {
    storage = {
      container_id       = "${var.containers}/lake"
      prefix             = "raw/stripe/"
      state_container_id = "${var.containers}/state"
      state_prefix       = "stripe"
    }
  }

  assert {
    condition = (
      strcontains(azurerm_role_assignment.this["storage:state"].condition, "StringStartsWith 'stripe/'") &&
      !strcontains(azurerm_role_assignment.this["storage:data"].condition, "StringStartsWith 'stripe/'") &&
      azurerm_role_assignment.this["storage:state"].scope == "${var.containers}/state"
    )
    error_message = "Each container must be bounded by its own prefix."
  }

  assert {
    condition     = azurerm_role_definition.storage[0].assignable_scopes == tolist(["/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/lake"])
    error_message = "The role must be assignable in the containers' resource group only."
  }
}

run "state_in_the_same_container_shares_its_assignment" {
  command = plan

  variables {
    storage = {
      container_id       = "${var.containers}/lake"
      prefix             = "raw/stripe"
      state_container_id = replace("${var.containers}/lake", "resourceGroups", "resourcegroups")
      state_prefix       = "state/stripe"
    }
  }

  assert {
    condition     = keys(azurerm_role_assignment.this) == ["storage:data"]
    error_message = "Azure refuses the same role twice on one container."
  }

  assert {
    condition = (
      strcontains(azurerm_role_assignment.this["storage:data"].condition, ":path] StringStartsWith 'raw/stripe/'") &&
      strcontains(azurerm_role_assignment.this["storage:data"].condition, ":path] StringStartsWith 'state/stripe/'") &&
      strcontains(azurerm_role_assignment.this["storage:data"].condition, ":prefix] StringStartsWith 'state/stripe/'")
    )
    error_message = "The shared assignment must allow both prefixes."
  }
}

run "a_role_from_outside_is_kept_from_deleting" {
  command = plan

  variables {
    storage                    = { container_id = "${var.containers}/lake" }
    storage_role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
  }

  assert {
    condition     = length(azurerm_role_definition.storage) == 0 && azurerm_role_assignment.this["storage:data"].role_definition_id == var.storage_role_definition_id
    error_message = "A role from outside must be used instead of one of the module's."
  }

  assert {
    condition = (
      strcontains(azurerm_role_assignment.this["storage:data"].condition, "!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})") &&
      strcontains(azurerm_role_assignment.this["storage:data"].condition, ":path] StringEquals ''")
    )
    error_message = "allow_delete = false must hold whatever the role allows."
  }
}

run "a_role_from_outside_deletes_when_asked_for" {
  command = plan

  variables {
    storage                    = { container_id = "${var.containers}/lake", allow_delete = true }
    storage_role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
  }

  assert {
    condition     = azurerm_role_assignment.this["storage:data"].condition == null
    error_message = "With allow_delete and no prefix there is nothing to bound."
  }
}

run "prefixes_that_no_condition_can_hold" {
  command = plan

  variables {
    storage = { container_id = "${var.containers}/lake", prefix = join("/", [for n in range(900) : "12345678"]) }
  }

  expect_failures = [azurerm_role_assignment.this]
}
