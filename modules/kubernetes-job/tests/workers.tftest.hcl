# Paths covered: workers.tf. Workers instead of a job: fixed in number or scaled, moved one by one, as restricted as a job.

mock_provider "kubernetes" {}

variables {
  name        = "events"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
  workers     = { min = 2, max = 2 }
}

run "workers_replace_the_job" {
  command = plan

  assert {
    condition     = length(kubernetes_cron_job_v1.this) == 0 && kubernetes_deployment_v1.this["worker"].spec[0].replicas == "2" && length(kubernetes_horizontal_pod_autoscaler_v2.this) == 0
    error_message = "Workers of a fixed number need neither a cron job nor an autoscaler."
  }

  assert {
    condition     = output.deployment_name == "acme-prod-events" && output.service_name == output.deployment_name && output.cron_job_name == null && output.dagster_k8s_config == null && output.airflow_kubernetes_config == null
    error_message = "Outputs must name the deployment, and nothing that starts runs."
  }
}

run "two_bounds_are_scaled_between" {
  command = plan

  variables {
    workers = { min = 1, max = 5 }
  }

  assert {
    condition     = kubernetes_horizontal_pod_autoscaler_v2.this["worker"].spec[0].min_replicas == 1 && kubernetes_horizontal_pod_autoscaler_v2.this["worker"].spec[0].max_replicas == 5
    error_message = "The autoscaler must have the bounds."
  }

  assert {
    condition     = kubernetes_horizontal_pod_autoscaler_v2.this["worker"].spec[0].scale_target_ref[0].name == "acme-prod-events" && kubernetes_horizontal_pod_autoscaler_v2.this["worker"].spec[0].metric[0].resource[0].name == "cpu"
    error_message = "The autoscaler must scale the deployment on CPU use."
  }
}

run "one_of_several_moves_at_a_time" {
  command = plan

  assert {
    condition     = kubernetes_pod_disruption_budget_v1.this["worker"].spec[0].max_unavailable == "1"
    error_message = "A drain must take one worker after the other."
  }
}

run "a_single_worker_blocks_no_drain" {
  command = plan

  variables {
    workers = { min = 1, max = 5 }
  }

  assert {
    condition     = length(kubernetes_pod_disruption_budget_v1.this) == 0
    error_message = "A single worker needs no budget."
  }
}

run "an_apply_does_not_wait_for_the_image" {
  command = plan

  assert {
    condition     = kubernetes_deployment_v1.this["worker"].wait_for_rollout == false
    error_message = "An apply must not wait for pods."
  }
}

run "workers_are_restricted" {
  command = plan

  variables {
    secrets = { API_KEY = "stripe/api-key" }
  }

  assert {
    condition = alltrue([
      for spec in kubernetes_deployment_v1.this["worker"].spec[0].template[0].spec : (
        spec.automount_service_account_token == false && spec.restart_policy == "Always"
        && spec.security_context[0].run_as_non_root == true && spec.security_context[0].run_as_user == "65532"
        && spec.security_context[0].seccomp_profile[0].type == "RuntimeDefault"
        && spec.container[0].security_context[0].allow_privilege_escalation == false
        && spec.container[0].security_context[0].read_only_root_filesystem == true
        && spec.container[0].security_context[0].capabilities[0].drop == tolist(["ALL"])
        && spec.container[0].env[0].value_from[0].secret_key_ref[0].name == "stripe"
      )
    ])
    error_message = "Workers must keep to the restricted Pod Security Standard, with secrets as references."
  }
}
