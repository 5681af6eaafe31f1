locals {
  # Either a cron job or a deployment of workers, never both.
  job_keys    = toset(var.workers == null ? ["job"] : [])
  worker_keys = toset(var.workers == null ? [] : ["worker"])

  # The parts of a parallel run are tried again each for itself, and one that has failed for good stops no other.
  # A limit of the whole run would stop them, so that it is as high as can be.
  backoff_limit           = var.parallelism == 1 ? var.max_retries : 2147483647
  backoff_limit_per_index = var.parallelism == 1 ? null : var.max_retries
}

resource "kubernetes_cron_job_v1" "this" {
  for_each = local.job_keys

  metadata {
    name        = local.name
    namespace   = local.namespace
    annotations = var.annotations
    labels      = local.labels
  }

  spec {
    # Without a schedule the cron job is what runs are started from by hand (kubectl create job --from).
    schedule                      = var.schedule == null ? "0 0 1 1 *" : var.schedule.expression
    timezone                      = var.schedule == null ? "UTC" : var.schedule.timezone
    suspend                       = var.schedule == null ? true : !var.schedule.enabled
    concurrency_policy            = "Forbid"
    starting_deadline_seconds     = 3600
    successful_jobs_history_limit = 3
    failed_jobs_history_limit     = 3

    job_template {
      metadata {
        annotations = var.annotations
        labels      = local.labels
      }

      spec {
        active_deadline_seconds = var.timeout_seconds
        backoff_limit           = local.backoff_limit
        backoff_limit_per_index = local.backoff_limit_per_index
        # An indexed job starts each copy once, with its number in JOB_COMPLETION_INDEX.
        completion_mode = var.parallelism == 1 ? "NonIndexed" : "Indexed"
        completions     = var.parallelism
        parallelism     = var.parallelism

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
            restart_policy                  = "Never"

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
    }
  }

  lifecycle {
    replace_triggered_by = [terraform_data.replaced_with]
  }

  # Rights and limits are there before the first run.
  depends_on = [
    kubernetes_limit_range_v1.this,
    kubernetes_network_policy_v1.this,
    kubernetes_resource_quota_v1.this,
    kubernetes_role_binding_v1.this,
  ]
}
