# Paths covered: labels.tf, and metadata everywhere. All labels are on every object and pod; pods are chosen by
# labels that never change.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
  tags        = { cost-center = "FIN-001", team = "data" }
  labels      = { "acme.example/tier" = "batch" }
  annotations = { "acme.example/owner" = "data@acme.example" }
}

run "every_object_of_a_job_has_all_labels" {
  command = plan

  variables {
    readable_secrets = ["webhook"]
  }

  assert {
    condition = alltrue([
      for metadata in [
        kubernetes_namespace_v1.this["own"].metadata[0], kubernetes_resource_quota_v1.this["own"].metadata[0],
        kubernetes_limit_range_v1.this["own"].metadata[0], kubernetes_network_policy_v1.this["own"].metadata[0],
        kubernetes_service_account_v1.this["own"].metadata[0], kubernetes_role_v1.this["own"].metadata[0],
        kubernetes_role_binding_v1.this["own"].metadata[0], kubernetes_cron_job_v1.this["job"].metadata[0],
        kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].metadata[0],
        kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].metadata[0],
      ] : alltrue([for key, value in output.all_tags : lookup(metadata.labels, key, "") == value]) && metadata.annotations["acme.example/owner"] == "data@acme.example"
    ])
    error_message = "Every object, the job and its pods must have all labels and annotations."
  }

  assert {
    condition = output.all_tags == tomap({
      "cost-center"                  = "FIN-001"
      "team"                         = "data"
      "acme.example/tier"            = "batch"
      "app.kubernetes.io/instance"   = "acme-prod-stripe"
      "app.kubernetes.io/managed-by" = "terraform"
      "app.kubernetes.io/name"       = "stripe"
      "app.kubernetes.io/part-of"    = "dativo"
    }) && output.all_labels == output.all_tags
    error_message = "all_tags must hold tags, labels and the recommended labels."
  }
}

run "every_object_of_workers_has_all_labels" {
  command = plan

  variables {
    workers = { min = 2, max = 4 }
  }

  assert {
    condition = alltrue([
      for metadata in [
        kubernetes_deployment_v1.this["worker"].metadata[0], kubernetes_deployment_v1.this["worker"].spec[0].template[0].metadata[0],
        kubernetes_horizontal_pod_autoscaler_v2.this["worker"].metadata[0], kubernetes_pod_disruption_budget_v1.this["worker"].metadata[0],
      ] : alltrue([for key, value in output.all_tags : lookup(metadata.labels, key, "") == value]) && metadata.annotations["acme.example/owner"] == "data@acme.example"
    ])
    error_message = "Every object and the pods must have all labels and annotations."
  }
}

run "pods_are_chosen_by_identity_alone" {
  command = plan

  variables {
    workers = { min = 2, max = 2 }
  }

  assert {
    condition = alltrue([
      for selector in [
        kubernetes_deployment_v1.this["worker"].spec[0].selector[0], kubernetes_pod_disruption_budget_v1.this["worker"].spec[0].selector[0],
        kubernetes_network_policy_v1.this["own"].spec[0].pod_selector[0],
      ] : selector.match_labels == tomap({ "app.kubernetes.io/instance" = "acme-prod-stripe", "app.kubernetes.io/name" = "stripe" })
    ])
    error_message = "A selector must hold nothing that may change: it cannot be changed in a deployment."
  }
}

run "a_run_is_not_moved_and_a_worker_is" {
  command = plan

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].metadata[0].annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"] == "false"
    error_message = "Autoscalers of nodes must leave a run alone."
  }
}

run "a_worker_can_be_moved" {
  command = plan

  variables {
    workers = { min = 1, max = 1 }
  }

  assert {
    condition     = !contains(keys(kubernetes_deployment_v1.this["worker"].spec[0].template[0].metadata[0].annotations), "cluster-autoscaler.kubernetes.io/safe-to-evict")
    error_message = "A worker must not keep a node alive."
  }
}
