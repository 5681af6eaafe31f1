locals {
  # "raw/stripe" must not cover "raw/stripe-test/": a prefix always ends with a slash.
  _prefixes = var.storage == null ? {} : {
    data  = trim(var.storage.prefix, "/") == "" ? "" : "${trim(var.storage.prefix, "/")}/"
    state = trim(var.storage.state_prefix, "/") == "" ? "" : "${trim(var.storage.state_prefix, "/")}/"
  }

  # A grant names objects (get, create, delete) by resource.name. Listing is different: Cloud Storage checks
  # storage.objects.list on the bucket, whose name never starts with an object's, and gives the requested
  # prefix in the attribute objectListPrefix. A request without a prefix, or with a shorter one, is refused.
  _data_roles = try(var.storage.allow_delete, false) ? { "" = "objectUser" } : { "-read" = "objectViewer", "-write" = "objectCreator" }
  _data_places = var.storage == null ? {} : merge(
    { data = { bucket = var.storage.bucket, prefix = local._prefixes.data } },
    { for target in var.storage.targets : "target ${target.bucket}/${trim(target.prefix, "/")}" => {
      bucket = target.bucket
      prefix = trim(target.prefix, "/") == "" ? "" : "${trim(target.prefix, "/")}/"
    } },
  )
  _data_grants = merge([
    for name, place in local._data_places : {
      for suffix, role in local._data_roles : "${name}${suffix}" => merge(place, { role = "roles/storage.${role}", list = suffix != "-write" })
    }
  ]...)

  # State is rewritten by every run, and overwriting an object needs storage.objects.delete.
  _state_grants = try(var.storage.state_bucket, null) == null ? {} : {
    state = { bucket = var.storage.state_bucket, prefix = local._prefixes.state, role = "roles/storage.objectUser", list = true }
  }

  storage_grants = var.identity != null ? {} : {
    for key, grant in merge(local._data_grants, local._state_grants, local._access_grants) : key => merge(grant, {
      expression = join(" || ", concat(
        ["resource.name.startsWith(\"projects/_/buckets/${grant.bucket}/objects/${grant.prefix}\")"],
        grant.list ? ["api.getAttribute(\"storage.googleapis.com/objectListPrefix\", \"\").startsWith(\"${grant.prefix}\")"] : [],
      ))
    })
  }
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = local.storage_grants

  bucket = each.value.bucket
  role   = each.value.role
  member = google_service_account.this["own"].member

  # Without a prefix the whole bucket is meant, and a condition would say nothing.
  dynamic "condition" {
    for_each = each.value.prefix == "" ? {} : { prefix = each.value.prefix }

    content {
      # A title has at most 100 characters.
      title       = "${local.name} ${length(each.key) <= 40 ? each.key : substr(sha256(each.key), 0, 8)}"
      description = substr("Objects under ${condition.value} only", 0, 256)
      expression  = each.value.expression
    }
  }
}
