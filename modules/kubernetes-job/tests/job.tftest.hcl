# Paths covered: main.tf, pod.tf, outputs.tf. The job's settings land in the right blocks, sizes in the form that the API
# gives back, secrets as references; pods keep to the restricted Pod Security Standard.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "without_a_schedule_it_waits_to_be_started" {
  command = plan

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].suspend == true
    error_message = "A job without a schedule must never start by itself."
  }
}

run "a_schedule_starts_it" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", timezone = "Europe/Berlin" }
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].schedule == "0 2 * * *" && kubernetes_cron_job_v1.this["job"].spec[0].timezone == "Europe/Berlin" && kubernetes_cron_job_v1.this["job"].spec[0].suspend == false
    error_message = "The expression, its time zone and that it is active must reach the cron job."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].concurrency_policy == "Forbid"
    error_message = "Two runs must not overlap."
  }
}

run "a_schedule_can_pause" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *", enabled = false }
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].suspend == true && kubernetes_cron_job_v1.this["job"].spec[0].schedule == "0 2 * * *"
    error_message = "A schedule that is not enabled must be kept, suspended."
  }
}

run "limits_are_those_of_a_run" {
  command = plan

  variables {
    max_retries     = 2
    timeout_seconds = 7200
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].active_deadline_seconds == 7200 && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit == 2
    error_message = "Timeout and retries belong to the job."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].restart_policy == "Never"
    error_message = "A failed container must not be restarted behind the back of backoff_limit."
  }
}

run "no_retry_by_default" {
  command = plan

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit == 0 && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].completion_mode == "NonIndexed"
    error_message = "By default a run is tried once, with one pod."
  }
}

run "pods_side_by_side_are_numbered" {
  command = plan

  variables {
    parallelism = 4
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].completion_mode == "Indexed" && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].completions == 4 && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].parallelism == 4
    error_message = "A run must start each of its pods once, with a number."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit_per_index == 0 && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit == 2147483647
    error_message = "A part that fails must not stop the others."
  }
}

run "each_part_has_its_own_retries" {
  command = plan

  variables {
    parallelism = 4
    max_retries = 2
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit_per_index == 2 && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].backoff_limit == 2147483647
    error_message = "Retries must be counted for each part, and the sum must stop none."
  }

  assert {
    condition     = output.dagster_k8s_config.run_k8s_config.job_spec_config.backoffLimitPerIndex == 2 && output.dagster_k8s_config.run_k8s_config.job_spec_config.backoffLimit == 2147483647
    error_message = "What Dagster starts must have the same retries."
  }
}

run "whole_sizes" {
  command = plan

  variables {
    cpu                   = 2
    memory_mib            = 4096
    ephemeral_storage_mib = 10240
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].resources[0].limits == tomap({ cpu = "2", ephemeral-storage = "10Gi", memory = "4Gi" })
    error_message = "Whole vCPUs and GiB must be written as such."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].resources[0].requests == kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].resources[0].limits
    error_message = "A pod must get what it may take: others cannot push it out."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].volume[0].empty_dir[0].size_limit == "10Gi"
    error_message = "/tmp must have the size of the disk."
  }
}

run "fractional_sizes" {
  command = plan

  variables {
    cpu        = 0.583
    memory_mib = 768
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].resources[0].limits == tomap({ cpu = "583m", ephemeral-storage = "1Gi", memory = "768Mi" })
    error_message = "Parts of a vCPU must be written in thousandths, parts of a GiB in MiB."
  }
}

run "the_image_keeps_its_command" {
  command = plan

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].command == null && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].args == null
    error_message = "Without command and args the image's own must stay."
  }
}

run "the_command_is_replaced" {
  command = plan

  variables {
    command = ["/bin/etl"]
    args    = ["run", "--full"]
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].command == tolist(["/bin/etl"]) && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].args == tolist(["run", "--full"])
    error_message = "Command and args must replace the image's."
  }
}

run "secrets_are_references" {
  command = plan

  variables {
    environment_variables = { LOG_LEVEL = "info" }
    secrets               = { API_KEY = "stripe/api-key", DSN = "warehouse.eu/dsn" }
  }

  assert {
    condition     = { for env in kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].env : env.name => env.value if length(env.value_from) == 0 } == { LOG_LEVEL = "info" }
    error_message = "Plain variables must have their values, and secrets none."
  }

  assert {
    condition = {
      for env in kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].env :
      env.name => "${env.value_from[0].secret_key_ref[0].name}:${env.value_from[0].secret_key_ref[0].key}" if length(env.value_from) > 0
    } == { API_KEY = "stripe:api-key", DSN = "warehouse.eu:dsn" }
    error_message = "A secret must be named by its object and key."
  }
}

run "pods_are_restricted" {
  command = plan

  assert {
    condition = alltrue([
      for spec in kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec : (
        spec.automount_service_account_token == false && spec.enable_service_links == false
        && spec.security_context[0].run_as_non_root == true && spec.security_context[0].run_as_user == "65532"
        && spec.security_context[0].run_as_group == "65532" && spec.security_context[0].fs_group == "65532"
        && spec.security_context[0].seccomp_profile[0].type == "RuntimeDefault"
        && spec.container[0].security_context[0].allow_privilege_escalation == false
        && spec.container[0].security_context[0].read_only_root_filesystem == true
        && spec.container[0].security_context[0].capabilities[0].drop == tolist(["ALL"])
      )
    ])
    error_message = "Pods must keep to the restricted Pod Security Standard, with a read-only root filesystem and no token."
  }
}

run "user_and_filesystem_are_a_choice" {
  command = plan

  variables {
    read_only_root_filesystem = false
    run_as_user               = 1000
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].security_context[0].run_as_user == "1000" && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].container[0].security_context[0].read_only_root_filesystem == false
    error_message = "run_as_user and read_only_root_filesystem must reach the pods."
  }
}

run "nodes_are_a_choice" {
  command = plan

  variables {
    image_pull_secrets = ["registry"]
    node_selector      = { pool = "etl" }
    tolerations        = [{ key = "pool", value = "etl", effect = "NoSchedule" }, { operator = "Exists", key = "spot" }]
  }

  assert {
    condition = alltrue([
      for spec in kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec : (
        spec.node_selector == tomap({ pool = "etl" }) && spec.image_pull_secrets[*].name == tolist(["registry"])
        && [for toleration in spec.toleration : "${toleration.key}:${toleration.operator}"] == ["pool:Equal", "spot:Exists"]
      )
    ])
    error_message = "Node selector, tolerations and pull secrets must reach the pods."
  }
}

run "outputs_of_a_job" {
  command = plan

  variables {
    cluster_name = "data"
  }

  assert {
    condition     = output.name == "acme-prod-stripe" && output.namespace == "acme-prod-stripe" && output.cron_job_name == output.name && output.service_account_name == output.name && output.cluster_name == "data"
    error_message = "The names of what was made must be given."
  }

  assert {
    condition     = output.service_name == output.cron_job_name && output.deployment_name == null && output.endpoint_url == null
    error_message = "What was not made must be null."
  }
}

run "large_sizes" {
  command = plan

  variables {
    cpu                   = 1000
    memory_mib            = 1048576
    ephemeral_storage_mib = 16777216
    quota                 = { cpu = 1000000, memory_mib = 2147483648, pods = 4 }
  }

  assert {
    condition     = kubernetes_limit_range_v1.this["own"].spec[0].limit[0].default == tomap({ cpu = "1k", ephemeral-storage = "16Ti", memory = "1Ti" })
    error_message = "A limit range must be written as Kubernetes keeps it, or every plan would change it."
  }

  assert {
    condition     = kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.cpu"] == "1M" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.memory"] == "2Pi"
    error_message = "A quota must be written as Kubernetes keeps it."
  }
}
