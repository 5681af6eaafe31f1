# The identity's rights on blobs. Every built-in role that may write blobs (Storage Blob Data
# Contributor, Storage Blob Data Owner) may also delete the container, by an action that no condition
# of a role assignment reaches. So the module brings a role with nothing but what a run does to blobs.

locals {
  # Every place that is named, by the container that it is in. One container is one assignment with all its
  # paths: Azure refuses a second assignment of the same role to the same identity on the same scope.
  has_state = try(var.storage.state_container_id, null) != null
  container_places = flatten([for storage in var.storage[*] : concat(
    [{ id = storage.container_id, prefix = storage.prefix, name = "data" }],
    local.has_state ? [{ id = storage.state_container_id, prefix = storage.state_prefix, name = "state" }] : [],
    [for target in storage.targets : { id = target.container_id, prefix = target.prefix, name = "target:${lower(target.container_id)}" }],
  )])

  places_by_container = { for place in local.container_places : lower(place.id) => place... }

  container_prefixes = {
    for places in values(local.places_by_container) : places[0].name => {
      id       = places[0].id
      prefixes = places[*].prefix
    }
  }

  storage_containers = {
    for name, container in local.container_prefixes : name => {
      id        = container.id
      condition = local.conditions[name] == "" ? null : local.conditions[name]
    }
  }

  creates_storage_role = local.creates_identity && var.storage != null && var.storage_role_definition_id == null
  storage_role_definition_id = (
    local.creates_storage_role
    ? one(azurerm_role_definition.storage[*].role_definition_resource_id)
    : var.storage_role_definition_id
  )

  # A custom role names the resource groups below which it can be assigned.
  storage_role_scopes = sort(distinct([
    for container in values(local.container_prefixes) : join("/", slice(split("/", container.id), 0, 5))
  ]))
  storage_role_hash = substr(sha256(join(",", concat([var.resource_group_name], local.storage_role_scopes))), 0, 8)
}

resource "azurerm_role_definition" "storage" {
  count = local.creates_storage_role ? 1 : 0

  # A role's name is unique in the whole directory: the hash tells one resource group from another.
  name              = "${local.base_name}-blobs-${local.storage_role_hash}"
  assignable_scopes = local.storage_role_scopes
  description       = "What ${local.base_name} may do to blobs. Assigned with its paths as a condition."
  scope             = local.storage_role_scopes[0]

  permissions {
    actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/read"]
    data_actions = concat(
      ["${local.blobs}/add/action", "${local.blobs}/read", "${local.blobs}/write"],
      # A rename takes the old path away.
      var.storage.allow_delete ? ["${local.blobs}/delete", "${local.blobs}/move/action"] : [],
    )
  }
}
