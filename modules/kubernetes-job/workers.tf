locals {
  autoscaled_keys  = toset(try(var.workers.min < var.workers.max, false) ? ["worker"] : [])
  several_min_keys = toset(try(var.workers.min > 1, false) ? ["worker"] : [])
}

# Workers that run all the time: nothing calls them, they pull their work.
resource "kubernetes_deployment_v1" "this" {
  # checkov:skip=CKV_K8S_43: the image is the caller's, who may name it by digest; it is pulled anew for every pod
  # checkov:skip=CKV_K8S_14: the image is the caller's, who names its tag or digest; the scan does not follow it through the modules that call this one
  # checkov:skip=CKV_K8S_22: the filesystem is read-only unless the caller says otherwise; the scan does not follow the value through the modules that call this one
  # checkov:skip=CKV_K8S_8: a worker answers no requests; one that is stuck has no common way to tell
  # checkov:skip=CKV_K8S_9: no traffic is sent to a worker, so that none waits for it to be ready
  for_each = local.worker_keys

  # Whether the image comes up is for the cluster to report; an apply would wait for it ten minutes.
  wait_for_rollout = false

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    # Between two different bounds the number belongs to the autoscaler.
    replicas               = var.workers.min == var.workers.max ? tostring(var.workers.min) : null
    revision_history_limit = 3

    selector {
      match_labels = local.selector
    }

    strategy {
      type = "RollingUpdate"

      rolling_update {
        max_surge       = "1"
        max_unavailable = "0"
      }
    }

    template {
      metadata {
        annotations = local.pod_annotations
        labels      = local.pod_labels
      }

      spec {
        service_account_name            = local.service_account_name
        automount_service_account_token = local.mount_token
        enable_service_links            = false
        node_selector                   = var.node_selector
        restart_policy                  = "Always"

        dynamic "image_pull_secrets" {
          for_each = var.image_pull_secrets

          content {
            name = image_pull_secrets.value
          }
        }

        dynamic "toleration" {
          for_each = var.tolerations

          content {
            key      = toleration.value.key
            operator = toleration.value.operator
            value    = toleration.value.value
            effect   = toleration.value.effect
          }
        }

        security_context {
          run_as_non_root = true
          run_as_user     = tostring(var.run_as_user)
          run_as_group    = tostring(var.run_as_user)
          fs_group        = tostring(var.run_as_user)

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        volume {
          name = "scratch"

          empty_dir {
            size_limit = local.scratch
          }
        }

        container {
          name              = local.container_name
          image             = var.image
          image_pull_policy = "Always"
          command           = length(var.command) > 0 ? var.command : null
          args              = length(var.args) > 0 ? var.args : null

          resources {
            limits   = { cpu = local.cpu, ephemeral-storage = local.scratch, memory = local.memory }
            requests = { cpu = local.cpu, ephemeral-storage = local.scratch, memory = local.memory }
          }

          security_context {
            allow_privilege_escalation = false
            privileged                 = false
            read_only_root_filesystem  = var.read_only_root_filesystem
            run_as_non_root            = true

            capabilities {
              drop = ["ALL"]
            }
          }

          volume_mount {
            name       = "scratch"
            mount_path = "/tmp"
          }

          dynamic "env" {
            for_each = var.environment_variables

            content {
              name  = env.key
              value = env.value
            }
          }

          dynamic "env" {
            for_each = local.secret_references

            content {
              name = env.key

              value_from {
                secret_key_ref {
                  name = env.value.name
                  key  = env.value.key
                }
              }
            }
          }
        }
      }
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }

  depends_on = [
    kubernetes_limit_range_v1.this,
    kubernetes_network_policy_v1.this,
    kubernetes_resource_quota_v1.this,
    kubernetes_role_binding_v1.this,
  ]
}

resource "kubernetes_horizontal_pod_autoscaler_v2" "this" {
  for_each = local.autoscaled_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    min_replicas = var.workers.min
    max_replicas = var.workers.max

    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = kubernetes_deployment_v1.this[each.key].metadata[0].name
    }

    metric {
      type = "Resource"

      resource {
        name = "cpu"

        target {
          type                = "Utilization"
          average_utilization = 70
        }
      }
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}

# A single worker may be moved at any time; of several, nodes are drained one worker after the other.
resource "kubernetes_pod_disruption_budget_v1" "this" {
  for_each = local.several_min_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = local.selector
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }
}
