locals {
  uuid = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

  # A user is called by an address, a service principal by its application id, a group by its name.
  principal_kinds = {
    for principal in keys(var.permissions) :
    principal => can(regex(local.uuid, principal)) ? "service_principal" : strcontains(principal, "@") ? "user" : "group"
  }
}

# The whole list of who may do what: whoever is not in it keeps nothing but what workspace admins have.
resource "databricks_permissions" "this" {
  for_each = toset(length(var.permissions) == 0 ? [] : ["this"])

  job_id = databricks_job.this.id

  dynamic "access_control" {
    for_each = var.permissions

    content {
      group_name             = local.principal_kinds[access_control.key] == "group" ? access_control.key : null
      service_principal_name = local.principal_kinds[access_control.key] == "service_principal" ? access_control.key : null
      user_name              = local.principal_kinds[access_control.key] == "user" ? access_control.key : null
      permission_level       = access_control.value
    }
  }
}
