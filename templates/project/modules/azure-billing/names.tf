locals {
  # Read aloud, the three parts joined by hyphens; everything a name cannot hold becomes a hyphen.
  name_readable = trim(replace(lower("${var.tenant}-${var.environment}-${var.name}"), "/[^a-z0-9]+/", "-"), "-")

  # The hash is of the parts as given, joined by a character that none of them can have.
  name_hash = substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8)

  # Of the 63 characters of a budget a cost centre takes 27 with its hyphen.
  name_longest = 36

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

locals {
  # A budget has 63 letters, digits, - and _. What is changed or cut gets the hash of the cost centre.
  # https://learn.microsoft.com/en-us/azure/templates/microsoft.costmanagement/2023-11-01/budgets
  budget_names = {
    for key in keys(var.budgets) : key => can(regex("^[A-Za-z0-9_-]{1,26}$", key)) ? "${local.name}-${key}" : join("-", [
      local.name,
      trim(substr(replace(key, "/[^A-Za-z0-9_-]+/", "-"), 0, 17), "-"),
      substr(sha256(key), 0, 8),
    ])
  }
}
