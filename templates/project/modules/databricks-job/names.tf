locals {
  # Read aloud, the three parts joined by hyphens; everything a name cannot hold becomes a hyphen.
  name_readable = trim(replace(lower("${var.tenant}-${var.environment}-${var.name}"), "/[^a-z0-9]+/", "-"), "-")

  # The hash is of the parts as given, joined by a character that none of them can have.
  name_hash = substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8)

  # Databricks takes 4096 bytes, but puts the name on each machine as the tag RunName: 63 characters on Google Cloud.
  name_longest = 63

  # Plain parts can be told apart in the joined name, and a plain name never looks as if it ended in a hash.
  # Everything else gets the hash, so that no two jobs share a name.
  name_is_plain = (
    can(regex("^[a-z0-9]+$", var.tenant)) &&
    can(regex("^[a-z0-9]+$", var.environment)) &&
    can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.name)) &&
    !can(regex("(^|-)[0-9a-f]{8}$", var.name)) &&
    length(local.name_readable) <= local.name_longest
  )

  name = local.name_is_plain ? local.name_readable : join("-", [
    trim(substr(local.name_readable, 0, local.name_longest - 9), "-"),
    local.name_hash,
  ])
}
