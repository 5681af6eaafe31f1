# The identity's rights on blobs. Every built-in role that may write blobs ("Storage Blob Data
# Contributor", "... Owner") may also delete the container, an action that no role assignment condition
# reaches. So the module brings a role of its own, with nothing but what a run does to blobs.

locals {
  blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"

  # State in the data's own container is one assignment with two paths: Azure refuses a second
  # assignment of the same role to the same identity on the same scope.
  state_is_apart = (
    try(var.storage.state_container_id, null) == null
    ? false
    : lower(var.storage.state_container_id) != lower(var.storage.container_id)
  )
  state_is_beside = try(var.storage.state_container_id, null) == null ? false : !local.state_is_apart

  container_prefixes = merge(
    {
      for storage in var.storage[*] : "data" => {
        id       = storage.container_id
        prefixes = concat([storage.prefix], local.state_is_beside ? [storage.state_prefix] : [])
      }
    },
    {
      for storage in var.storage[*] : "state" => {
        id       = storage.state_container_id
        prefixes = [storage.state_prefix]
      } if local.state_is_apart
    },
  )

  storage_containers = {
    for name, container in local.container_prefixes : name => {
      id        = container.id
      condition = try(join("\nAND\n", local.condition_clauses[name]), "") == "" ? null : join("\nAND\n", local.condition_clauses[name])
    }
  }

  # A path restricts nothing when one of them is the whole container.
  restricted_paths = {
    for name, container in local.container_prefixes : name => (
      contains(container.prefixes, "")
      ? []
      : distinct([for prefix in container.prefixes : "${trim(prefix, "/")}/"])
    )
  }

  # learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes: listing knows the requested
  # prefix only, every other operation the blob's path only.
  condition_clauses = {
    for name, paths in local.restricted_paths : name => concat(
      length(paths) == 0 ? [] : [
        <<-EOT
        (
         (
          !(ActionMatches{'${local.blobs}/read'} AND NOT SubOperationMatches{'Blob.List'})
          AND
          !(ActionMatches{'${local.blobs}/write'})
          AND
          !(ActionMatches{'${local.blobs}/add/action'})
          AND
          !(ActionMatches{'${local.blobs}/delete'})
          AND
          !(ActionMatches{'${local.blobs}/move/action'})
         )
         OR
         (
          ${join("\n  OR\n  ", [for path in paths : "@Resource[${local.blobs}:path] StringStartsWith '${path}'"])}
         )
        )
        AND
        (
         (
          !(ActionMatches{'${local.blobs}/read'} AND SubOperationMatches{'Blob.List'})
         )
         OR
         (
          ${join("\n  OR\n  ", [for path in paths : "@Request[${local.blobs}:prefix] StringStartsWith '${path}'"])}
         )
        )
        EOT
      ],
      # A role from outside may hold the right to delete. No blob has an empty path, so it has no effect here.
      local.creates_storage_role || try(var.storage.allow_delete, true) ? [] : [
        <<-EOT
        (
         (
          !(ActionMatches{'${local.blobs}/delete'})
          AND
          !(ActionMatches{'${local.blobs}/move/action'})
         )
         OR
         (
          @Resource[${local.blobs}:path] StringEquals ''
         )
        )
        EOT
      ],
    )
  }

  creates_storage_role = local.creates_identity && var.storage != null && var.storage_role_definition_id == null
  storage_role_definition_id = (
    local.creates_storage_role
    ? one(azurerm_role_definition.storage[*].role_definition_resource_id)
    : var.storage_role_definition_id
  )

  # A custom role can be assigned below resource groups that it names.
  storage_role_scopes = sort(distinct([
    for container in values(local.container_prefixes) : join("/", slice(split("/", container.id), 0, 5))
  ]))
}

resource "azurerm_role_definition" "storage" {
  count = local.creates_storage_role ? 1 : 0

  # A role's name is unique in the whole directory, so it also tells one resource group from another.
  name              = "${local.base_name}-blobs-${substr(sha256(join(",", concat([var.resource_group_name], local.storage_role_scopes))), 0, 8)}"
  assignable_scopes = local.storage_role_scopes
  description       = "What ${local.base_name} may do to blobs. Assigned with the paths as a condition."
  scope             = local.storage_role_scopes[0]

  permissions {
    actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/read"]
    data_actions = concat(
      ["${local.blobs}/add/action", "${local.blobs}/read", "${local.blobs}/write"],
      # A rename takes the old path away.
      try(var.storage.allow_delete, false) ? ["${local.blobs}/delete", "${local.blobs}/move/action"] : [],
    )
  }
}
