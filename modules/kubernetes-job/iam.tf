locals {
  own_account_keys = toset(var.service_account_name == null ? ["own"] : [])
  role_keys        = toset(length(var.readable_secrets) > 0 ? ["own"] : [])

  # Reading the names back makes the pods wait for the account and its rights.
  service_account_name = one(concat(
    [for account in values(kubernetes_service_account_v1.this) : account.metadata[0].name],
    var.service_account_name == null ? [] : [var.service_account_name],
  ))

  # Who the pods are in the cloud. Secrets that become environment variables are read by the node, not by the account.
  _identity_annotations = {
    for key, value in {
      "azure.workload.identity/client-id" = var.identity.azure_client_id
      "eks.amazonaws.com/role-arn"        = var.identity.aws_role_arn
      "iam.gke.io/gcp-service-account"    = var.identity.google_service_account
    } : key => value if value != null
  }
}

resource "kubernetes_service_account_v1" "this" {
  for_each = local.own_account_keys

  automount_service_account_token = false

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = merge(var.annotations, local._identity_annotations)
    labels      = local.labels
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

# The job itself needs nothing of the Kubernetes API, unless it reads secrets at run time: those, by name.
resource "kubernetes_role_v1" "this" {
  for_each = local.role_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  rule {
    api_groups     = [""]
    resources      = ["secrets"]
    resource_names = sort(var.readable_secrets)
    verbs          = ["get"]
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

resource "kubernetes_role_binding_v1" "this" {
  for_each = kubernetes_role_v1.this

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = each.value.metadata[0].name
  }

  subject {
    kind      = "ServiceAccount"
    name      = local.service_account_name
    namespace = local.namespace
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}
