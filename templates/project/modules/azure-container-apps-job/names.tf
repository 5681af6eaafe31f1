# Every resource is called after local.base_name: at most 32 characters (the limit of container apps
# and jobs, the shortest one here), starting with a letter, without a double hyphen.

locals {
  # No part may hold a slash, so different triples give different texts and different hashes.
  name_parts = [var.tenant, var.environment, var.name]
  name_hash  = substr(sha256(join("/", local.name_parts)), 0, 8)

  clean_parts = [for part in local.name_parts : trim(replace(lower(part), "/[^a-z0-9]+/", "-"), "-")]
  plain_name  = join("-", local.clean_parts)

  # The plain name is only used where it can be read back in one way: nothing was cleaned or cut,
  # tenant and environment hold no hyphen, and it does not look like a hashed one.
  name_is_plain = (
    local.clean_parts == local.name_parts &&
    length(local.plain_name) <= 32 &&
    can(regex("^[a-z][a-z0-9]*-[a-z0-9]+-[a-z0-9]+(-[a-z0-9]+)*$", local.plain_name)) &&
    !can(regex("-", "${var.tenant}${var.environment}")) &&
    !can(regex("-[0-9a-f]{8}$", local.plain_name))
  )

  # 32 characters less "-" and eight of hash: 23. Tenant 7, environment 5, the job's name the rest.
  tenant_with_letter = can(regex("^[0-9]", local.clean_parts[0])) ? "t${local.clean_parts[0]}" : local.clean_parts[0]
  short_scope = join("-", [
    trim(substr(local.tenant_with_letter, 0, 7), "-"),
    trim(substr(local.clean_parts[1], 0, 5), "-"),
  ])
  short_name = trim(substr(local.clean_parts[2], 0, 22 - length(local.short_scope)), "-")

  base_name = local.name_is_plain ? local.plain_name : "${local.short_scope}-${local.short_name}-${local.name_hash}"

  # Secret names take lower-case letters, digits and hyphens. A usual variable name can be read back
  # from its secret's name; any other gets a hash, so that A_B and a-b stay two.
  secret_names = {
    for variable in keys(var.secrets) : variable => (
      can(regex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", variable)) && !can(regex("_[0-9A-F]{8}$", variable)) && length(variable) <= 200
      ? lower(replace(variable, "_", "-"))
      : join("-", compact([
        trim(substr(replace(lower(variable), "/[^a-z0-9]+/", "-"), 0, 200), "-"),
        substr(sha256(variable), 0, 8),
      ]))
    )
  }
  # Each secret reaches the program in one way.
  secret_variables = var.secret_files_path == null ? local.secret_names : {}
}
