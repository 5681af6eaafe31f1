locals {
  # Read aloud, the three parts joined by hyphens; everything a name cannot hold becomes a hyphen.
  name_readable = trim(replace(lower("${var.tenant}-${var.environment}-${var.name}"), "/[^a-z0-9]+/", "-"), "-")

  # The hash is of the parts as given, joined by a character that none of them can have.
  name_hash = substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8)

  # Of the 100 characters of a budget a cost centre takes 45 with its hyphen.
  name_longest = 54

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
  # A budget has 100 characters without : and \. What cannot stand there, or is cut, gets the hash of the cost centre.
  # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
  budget_names = {
    for key in keys(var.budgets) : key => can(regex("^[A-Za-z0-9_.-]{1,45}$", key)) ? "${local.name}-${key}" : join("-", [
      local.name,
      substr(replace(key, "/[^A-Za-z0-9_.-]+/", "-"), 0, 36),
      substr(sha256(key), 0, 8),
    ])
  }

  # A cost category has 50 characters: letters, digits, spaces, - and _. It is called as the tag, so that reports read well.
  # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_CostCategory.html
  category_names = {
    for key in var.cost_categories : key => can(regex("^[A-Za-z0-9_-]{1,50}$", key)) ? key : join("-", [
      trim(substr(replace(key, "/[^A-Za-z0-9_-]+/", "-"), 0, 41), "-"),
      substr(sha256(key), 0, 8),
    ])
  }
}
