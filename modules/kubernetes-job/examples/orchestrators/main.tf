provider "kubernetes" {
  host = "https://k8s.acme.example:6443"

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "acme-login"
    args        = ["token", "--cluster", "data"]
  }
}

module "job" {
  source = "../../"

  name        = "stripe-customers"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"

  tags = {
    tenant      = "acme"
    environment = "prod"
    cost-center = "FIN-001"
  }
}

locals {
  # What each orchestrator calls in the namespace of the job, and the service account of its workers.
  orchestrators = {
    # execute_k8s_job makes a job, waits for its end, shows the logs of its pods, and stops it.
    dagster = {
      account = { name = "dagster", namespace = "dagster" }
      rules = {
        "batch/jobs"        = ["create", "delete", "get", "list"]
        "batch/jobs/status" = ["get"]
        "/events"           = ["list"]
        "/pods"             = ["delete", "get", "list"]
        "/pods/log"         = ["get"]
      }
    }

    # KubernetesPodOperator makes a pod, marks it as seen, watches it, shows its log, and removes it.
    airflow = {
      account = { name = "airflow-worker", namespace = "airflow" }
      rules = {
        "/events"   = ["list"]
        "/pods"     = ["create", "delete", "get", "list", "patch", "watch"]
        "/pods/log" = ["get"]
      }
    }
  }
}

resource "kubernetes_role_v1" "orchestrator" {
  for_each = local.orchestrators

  metadata {
    name      = "${module.job.name}-${each.key}"
    namespace = module.job.namespace
    labels    = module.job.all_labels
  }

  dynamic "rule" {
    for_each = each.value.rules

    content {
      api_groups = [split("/", rule.key)[0]]
      resources  = [trimprefix(rule.key, "${split("/", rule.key)[0]}/")]
      verbs      = rule.value
    }
  }
}

resource "kubernetes_role_binding_v1" "orchestrator" {
  for_each = local.orchestrators

  metadata {
    name      = "${module.job.name}-${each.key}"
    namespace = module.job.namespace
    labels    = module.job.all_labels
  }

  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = kubernetes_role_v1.orchestrator[each.key].metadata[0].name
  }

  subject {
    kind      = "ServiceAccount"
    name      = each.value.account.name
    namespace = each.value.account.namespace
  }
}
