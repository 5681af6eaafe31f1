# The job once more, as plain data: what an orchestrator starts is the same pod that the cron job would start.
# Keys are those of the Kubernetes API, which dagster-k8s and Airflow take as they are.
locals {
  _pod_metadata = {
    annotations = local.pod_annotations
    labels      = local.pod_labels
  }

  _container = {
    env = concat(
      [for name, value in var.environment_variables : { name = name, value = value }],
      [for name, reference in local.secret_references : { name = name, valueFrom = { secretKeyRef = reference } }],
    )
    imagePullPolicy = "Always"
    resources       = { limits = local.size, requests = local.size }
    securityContext = {
      allowPrivilegeEscalation = false
      capabilities             = { drop = ["ALL"] }
      privileged               = false
      readOnlyRootFilesystem   = var.read_only_root_filesystem
      runAsNonRoot             = true
    }
    volumeMounts = [{ mountPath = "/tmp", name = "scratch" }]
  }

  _pod_spec = {
    automountServiceAccountToken = local.mount_token
    enableServiceLinks           = false
    imagePullSecrets             = [for name in sort(var.image_pull_secrets) : { name = name }]
    nodeSelector                 = var.node_selector
    securityContext = {
      fsGroup        = var.run_as_user
      runAsGroup     = var.run_as_user
      runAsNonRoot   = true
      runAsUser      = var.run_as_user
      seccompProfile = { type = "RuntimeDefault" }
    }
    serviceAccountName = local.service_account_name
    tolerations        = [for toleration in var.tolerations : { for key, value in toleration : key => value if value != null }]
    volumes            = [{ emptyDir = { sizeLimit = local.scratch }, name = "scratch" }]
  }

  _job_spec = merge(
    {
      activeDeadlineSeconds = var.timeout_seconds
      backoffLimit          = local.backoff_limit
      completionMode        = var.parallelism == 1 ? "NonIndexed" : "Indexed"
      completions           = var.parallelism
      parallelism           = var.parallelism
    },
    var.parallelism == 1 ? {} : { backoffLimitPerIndex = local.backoff_limit_per_index },
  )

  dagster = {
    args                 = var.args
    command              = var.command
    image                = var.image
    namespace            = local.namespace
    service_account_name = local.service_account_name
    timeout              = var.timeout_seconds

    run_k8s_config = {
      container_config           = local._container
      job_metadata               = { annotations = var.annotations, labels = local.labels }
      job_spec_config            = local._job_spec
      pod_spec_config            = local._pod_spec
      pod_template_spec_metadata = local._pod_metadata
    }
  }

  airflow = {
    annotations         = local.pod_annotations
    arguments           = var.args
    cmds                = var.command
    container_resources = local._container.resources
    env_vars            = var.environment_variables
    image               = var.image
    image_pull_policy   = "Always"
    labels              = local.pod_labels
    namespace           = local.namespace
    secrets = [
      for name, reference in local.secret_references :
      { deploy_target = name, deploy_type = "env", key = reference.key, secret = reference.name }
    ]
    service_account_name = local.service_account_name

    # The whole pod, also what the operator takes as plain data in no other way. Its own container is called base.
    pod_template_dict = {
      apiVersion = "v1"
      kind       = "Pod"
      metadata   = local._pod_metadata
      spec = merge(local._pod_spec, {
        activeDeadlineSeconds = var.timeout_seconds
        containers = [merge(
          { image = var.image, name = "base" },
          { for key, value in { args = var.args, command = var.command } : key => value if length(value) > 0 },
          local._container,
        )]
        restartPolicy = "Never"
      })
    }
  }
}
