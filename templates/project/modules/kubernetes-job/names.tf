# One identity, three parts: every name carries tenant, environment and name, and two different
# identities never share a name.
locals {
  # Eight hexadecimal digits of the raw, unsanitised triple.
  hash = substr(sha256(jsonencode([var.tenant, var.environment, var.name])), 0, 8)

  _parts = {
    for key, value in { tenant = var.tenant, environment = var.environment, name = var.name } :
    key => trim(replace(lower(value), "/[^a-z0-9]+/", "-"), "-")
  }

  # Namespaces that begin with kube- belong to Kubernetes itself.
  _tenant      = can(regex("^kube(-|$)", local._parts.tenant)) ? "t${local._parts.tenant}" : local._parts.tenant
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

  # 46 characters: a cron job adds 11 to the names of its jobs and an indexed job its pods' numbers, a
  # deployment 17, and the hostname of a pod has 63
  # (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#writing-a-cronjob-spec).
  _cut = join("-", [
    trimsuffix(substr(local._tenant, 0, 12), "-"),
    trimsuffix(substr(local._environment, 0, 8), "-"),
    trimsuffix(substr(local._name, 0, 15), "-"),
  ])
  name = local._unambiguous && length(local._readable) <= 46 ? local._readable : "${local._cut}-${local.hash}"
}
