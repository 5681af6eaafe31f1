# Every resource is called after local.base_name: at most 54 characters (the limit of a cluster's DNS
# prefix, the shortest one here), so that each with its suffix fits, too. Inside of the cluster
# modules/kubernetes-job gives the names.

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
    length(local.plain_name) <= 54 &&
    !strcontains("${var.tenant}${var.environment}", "-") &&
    !can(regex("-[0-9a-f]{8}$", local.plain_name))
  )

  # 54 characters less "-" and eight of hash: 45. Tenant 15, environment 8, the job's name the rest.
  short_scope = join("-", [
    trim(substr(local.clean_parts[0], 0, 15), "-"),
    trim(substr(local.clean_parts[1], 0, 8), "-"),
  ])
  short_name = trim(substr(local.clean_parts[2], 0, 44 - length(local.short_scope)), "-")

  base_name = local.name_is_plain ? local.plain_name : "${local.short_scope}-${local.short_name}-${local.name_hash}"

  # Node pools take 12 lower-case letters and digits, and are told apart within their cluster alone.
  job_pool    = "job"
  system_pool = "system"

  # What modules/kubernetes-job calls everything in the cluster, known before it is there. The identity must trust the
  # service account of that name before the first pod asks for a token.
  inside_parts = [for part in local.name_parts : trim(replace(lower(part), "/[^a-z0-9]+/", "-"), "-")]
  inside_first = can(regex("^kube(-|$)", local.inside_parts[0])) ? "t${local.inside_parts[0]}" : local.inside_parts[0]
  inside_plain = join("-", [local.inside_first, local.inside_parts[1], local.inside_parts[2]])
  inside_is_plain = (
    local.inside_parts == local.name_parts &&
    local.inside_first == var.tenant &&
    length(local.inside_plain) <= 46 &&
    !strcontains("${var.tenant}${var.environment}", "-") &&
    !can(regex("-[0-9a-f]{8}$", local.inside_plain))
  )
  inside_cut = join("-", [
    trimsuffix(substr(local.inside_first, 0, 12), "-"),
    trimsuffix(substr(local.inside_parts[1], 0, 8), "-"),
    trimsuffix(substr(local.inside_parts[2], 0, 15), "-"),
  ])
  inside_hash = substr(sha256(jsonencode(local.name_parts)), 0, 8)
  inside_name = local.inside_is_plain ? local.inside_plain : "${local.inside_cut}-${local.inside_hash}"
  namespace   = coalesce(var.namespace, local.inside_name)
}
