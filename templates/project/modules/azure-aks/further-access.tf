# What else the job's own identity may do, beyond its blobs and secrets: one role on one resource each.

locals {
  # Azure compares ids without regard to case.
  access_grants = {
    for entry in var.access : "access:${lower(entry.role)}:${lower(entry.resource)}" => {
      scope              = entry.resource
      role_name          = entry.role
      role_definition_id = null
      condition          = null
    }
  }
}
