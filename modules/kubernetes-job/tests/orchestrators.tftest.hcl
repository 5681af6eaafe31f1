# Paths covered: orchestrators.tf. What orchestrators start is the pod that the cron job would start, as plain data.

mock_provider "kubernetes" {}

variables {
  name                  = "stripe"
  tenant                = "acme"
  environment           = "prod"
  image                 = "registry.acme.example/etl/runner:1.4.0"
  command               = ["/bin/etl"]
  args                  = ["run"]
  tags                  = { team = "data" }
  timeout_seconds       = 900
  max_retries           = 1
  environment_variables = { LOG_LEVEL = "info" }
  secrets               = { API_KEY = "stripe/api-key" }
  tolerations           = [{ key = "pool", value = "etl" }]
}

run "dagster_starts_the_same_pod" {
  command = plan

  assert {
    condition     = output.dagster_k8s_config.image == "registry.acme.example/etl/runner:1.4.0" && output.dagster_k8s_config.namespace == "acme-prod-stripe" && output.dagster_k8s_config.service_account_name == "acme-prod-stripe" && output.dagster_k8s_config.timeout == 900
    error_message = "dagster_k8s_config must say what runs where, and for how long."
  }

  assert {
    condition     = jsonencode(output.dagster_k8s_config.run_k8s_config.container_config.env) == jsonencode([{ name = "LOG_LEVEL", value = "info" }, { name = "API_KEY", valueFrom = { secretKeyRef = { key = "api-key", name = "stripe" } } }])
    error_message = "Secrets must be references, and nothing may be null."
  }

  assert {
    condition     = output.dagster_k8s_config.run_k8s_config.pod_template_spec_metadata.labels == output.all_tags && output.dagster_k8s_config.run_k8s_config.job_metadata.labels == output.all_tags
    error_message = "Pods and jobs of an orchestrator must have all labels, so that the network policy holds for them."
  }

  assert {
    condition     = output.dagster_k8s_config.run_k8s_config.pod_spec_config.securityContext.runAsNonRoot == true && output.dagster_k8s_config.run_k8s_config.container_config.securityContext.readOnlyRootFilesystem == true && output.dagster_k8s_config.run_k8s_config.job_spec_config.backoffLimit == 1
    error_message = "Pods of an orchestrator must be as restricted as those of the cron job."
  }

  assert {
    condition     = jsonencode(output.dagster_k8s_config.run_k8s_config.pod_spec_config.tolerations) == jsonencode([{ key = "pool", operator = "Equal", value = "etl" }])
    error_message = "Nothing may be null in tolerations."
  }
}

run "airflow_starts_the_same_pod" {
  command = plan

  assert {
    condition     = output.airflow_kubernetes_config.cmds == tolist(["/bin/etl"]) && output.airflow_kubernetes_config.arguments == tolist(["run"]) && output.airflow_kubernetes_config.env_vars == tomap({ LOG_LEVEL = "info" }) && output.airflow_kubernetes_config.namespace == "acme-prod-stripe"
    error_message = "airflow_kubernetes_config must hold the arguments of the operator."
  }

  assert {
    condition     = jsonencode(output.airflow_kubernetes_config.secrets) == jsonencode([{ deploy_target = "API_KEY", deploy_type = "env", key = "api-key", secret = "stripe" }])
    error_message = "Secrets must be references."
  }

  assert {
    condition     = output.airflow_kubernetes_config.pod_template_dict.spec.activeDeadlineSeconds == 900 && output.airflow_kubernetes_config.pod_template_dict.spec.containers[0].name == "base" && output.airflow_kubernetes_config.pod_template_dict.spec.containers[0].command == tolist(["/bin/etl"]) && output.airflow_kubernetes_config.pod_template_dict.spec.containers[0].args == tolist(["run"]) && output.airflow_kubernetes_config.pod_template_dict.spec.serviceAccountName == "acme-prod-stripe"
    error_message = "The pod template must be the whole pod."
  }
}

run "the_image_keeps_its_command" {
  command = plan

  variables {
    command = []
    args    = []
  }

  assert {
    condition     = length(setintersection(keys(output.airflow_kubernetes_config.pod_template_dict.spec.containers[0]), ["args", "command"])) == 0
    error_message = "Without command and args the image's own must stay."
  }
}
