# Paths covered: namespace.tf. A namespace of the job's own is restricted and has a quota; an existing one is left alone.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_namespace_of_its_own" {
  command = plan

  assert {
    condition     = kubernetes_namespace_v1.this["own"].metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "The namespace must refuse pods that are not restricted."
  }

  assert {
    condition     = kubernetes_resource_quota_v1.this["own"].spec[0].hard["requests.cpu"] == "2" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.memory"] == "4Gi" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["pods"] == "2" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["services.loadbalancers"] == "0"
    error_message = "The quota must have room for two runs, and for no load balancer."
  }

  assert {
    condition     = kubernetes_limit_range_v1.this["own"].spec[0].limit[0].default["memory"] == "2Gi" && kubernetes_limit_range_v1.this["own"].spec[0].limit[0].default_request["cpu"] == "1"
    error_message = "A container that states no size must get that of the job."
  }
}

run "the_quota_grows_with_the_run" {
  command = plan

  variables {
    cpu         = 0.25
    memory_mib  = 512
    parallelism = 3
  }

  assert {
    condition     = kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.cpu"] == "1500m" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["requests.memory"] == "3Gi" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["pods"] == "6"
    error_message = "The quota must be twice what a run takes."
  }
}

run "the_quota_of_workers_lets_one_be_replaced" {
  command = plan

  variables {
    workers = { min = 1, max = 4 }
  }

  assert {
    condition     = kubernetes_resource_quota_v1.this["own"].spec[0].hard["pods"] == "5" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["requests.cpu"] == "5"
    error_message = "A rollout starts one worker more than there are."
  }
}

run "the_quota_is_a_choice" {
  command = plan

  variables {
    quota = { cpu = 7.5, memory_mib = 9000, pods = 20 }
  }

  assert {
    condition     = kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.cpu"] == "7500m" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["limits.memory"] == "9000Mi" && kubernetes_resource_quota_v1.this["own"].spec[0].hard["pods"] == "20"
    error_message = "The given quota must be taken."
  }
}

run "an_existing_namespace_is_left_alone" {
  command = plan

  variables {
    namespace = "etl"
  }

  assert {
    condition     = length(kubernetes_namespace_v1.this) == 0 && length(kubernetes_resource_quota_v1.this) == 0 && length(kubernetes_limit_range_v1.this) == 0 && output.namespace == "etl"
    error_message = "Nothing may be made that holds for a whole namespace of others."
  }

  assert {
    condition = alltrue([
      for metadata in [
        kubernetes_network_policy_v1.this["own"].metadata[0], kubernetes_service_account_v1.this["own"].metadata[0],
        kubernetes_cron_job_v1.this["job"].metadata[0],
      ] : metadata.namespace == "etl"
    ])
    error_message = "Everything must be in the given namespace."
  }
}

run "a_namespace_with_a_given_name_is_made" {
  command = plan

  variables {
    namespace        = "payments"
    create_namespace = true
  }

  assert {
    condition     = kubernetes_namespace_v1.this["own"].metadata[0].name == "payments" && kubernetes_resource_quota_v1.this["own"].metadata[0].namespace == "payments"
    error_message = "create_namespace must make the named namespace."
  }
}
