# Conditions of the role assignments on blob containers, in Azure's language for them, version 2.0
# (learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes). Listing knows the prefix that
# was asked for, every other operation the path of the blob.

locals {
  blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"

  # A path restricts nothing when one of the prefixes is the whole container. With its slash at the
  # end, raw/stripe does not let raw/stripe-eu in.
  paths = {
    for name, container in local.container_prefixes : name => (
      contains(container.prefixes, "")
      ? []
      : distinct([for prefix in container.prefixes : "${trim(prefix, "/")}/"])
    )
  }

  path_conditions = {
    for name, paths in local.paths : name => <<-EOT
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
    if length(paths) > 0
  }

  # No blob has an empty path: neither deleting nor renaming is ever allowed.
  keep_condition = <<-EOT
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

  # The module's own role lacks these rights anyway; one from outside may hold them.
  needs_keep_condition = var.storage_role_definition_id != null && !try(var.storage.allow_delete, false)

  conditions = {
    for name in keys(local.container_prefixes) : name => join("\nAND\n", compact([
      chomp(lookup(local.path_conditions, name, "")),
      local.needs_keep_condition ? chomp(local.keep_condition) : "",
    ]))
  }
}
