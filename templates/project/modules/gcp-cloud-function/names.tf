# One identity, three parts: every name carries tenant, environment and name, and two different
# identities never share a name.
locals {
  # Eight hexadecimal digits of the raw, unsanitised triple.
  hash = substr(sha256(jsonencode([var.tenant, var.environment, var.name])), 0, 8)

  _parts = {
    for key, value in { tenant = var.tenant, environment = var.environment, name = var.name } :
    key => trim(replace(lower(value), "/[^a-z0-9]+/", "-"), "-")
  }

  # Google's resource names start with a letter.
  _tenant      = can(regex("^[a-z]", local._parts.tenant)) ? local._parts.tenant : "t${local._parts.tenant}"
  _environment = local._parts.environment
  _name        = local._parts.name
  _readable    = join("-", [local._tenant, local._environment, local._name])

  # The readable form alone is unambiguous only when nothing was changed, the first two parts hold no
  # hyphen (a-b + c reads like a + b-c), and the end cannot be mistaken for one of our hashes.
  _unambiguous = alltrue([
    local._parts == { tenant = var.tenant, environment = var.environment, name = var.name },
    local._tenant == var.tenant,
    !strcontains(var.tenant, "-"),
    !strcontains(var.environment, "-"),
    !can(regex("-[0-9a-f]{8}$", local._readable)),
  ])

  # The Cloud Run service of a function has its name, and 49 characters.
  _cut = join("-", [
    trimsuffix(substr(local._tenant, 0, 12), "-"),
    trimsuffix(substr(local._environment, 0, 8), "-"),
    trimsuffix(substr(local._name, 0, 18), "-"),
  ])
  name = local._unambiguous && length(local._readable) <= 49 ? local._readable : "${local._cut}-${local.hash}"

  # Service accounts: 6 to 30 characters (https://docs.cloud.google.com/iam/docs/service-accounts-create).
  _account_cut = join("-", [
    trimsuffix(substr(local._tenant, 0, 7), "-"),
    trimsuffix(substr(local._environment, 0, 4), "-"),
    trimsuffix(substr(local._name, 0, 8), "-"),
  ])
  account_id = (
    local._unambiguous && length(local._readable) >= 6 && length(local._readable) <= 30
    ? local._readable
    : "${local._account_cut}-${local.hash}"
  )
  # All these accounts share one namespace, so those of scheduler and builds always have hashes of their own.
  _scheduler_hash      = substr(sha256(jsonencode(["scheduler", var.tenant, var.environment, var.name])), 0, 8)
  scheduler_account_id = "${local._account_cut}-${local._scheduler_hash}"
  _build_hash          = substr(sha256(jsonencode(["build", var.tenant, var.environment, var.name])), 0, 8)
  build_account_id     = "${local._account_cut}-${local._build_hash}"

  # No other name holds an underscore, so that the second bucket of one job is never the first of another.
  log_bucket_name = var.log_bucket_generation == 1 ? local.name : "${local.name}_${var.log_bucket_generation}"
}
