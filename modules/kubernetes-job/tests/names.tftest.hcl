# Paths covered: names.tf. Names that fit stay readable; long, awkward and ambiguous identities get a hash and
# never meet; no name is longer than what Kubernetes adds to it allows.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_plain_identity_is_readable" {
  command = plan

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].metadata[0].name == "acme-prod-stripe"
    error_message = "The job must be called tenant-environment-name."
  }
}

run "every_object_carries_the_name" {
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
      ] : metadata.name == "acme-prod-stripe"
    ])
    error_message = "Every object must carry tenant, environment and name."
  }
}

run "every_object_of_workers_carries_the_name" {
  command = plan

  variables {
    workers = { min = 2, max = 4 }
  }

  assert {
    condition = alltrue([
      for metadata in [
        kubernetes_deployment_v1.this["worker"].metadata[0], kubernetes_horizontal_pod_autoscaler_v2.this["worker"].metadata[0],
        kubernetes_pod_disruption_budget_v1.this["worker"].metadata[0],
      ] : metadata.name == "acme-prod-stripe"
    ])
    error_message = "Every object must carry tenant, environment and name."
  }
}

run "the_longest_identity_fits" {
  command = plan

  variables {
    tenant      = "t123456789-123456789-123456789-123456789"
    environment = "e123456789-123456789-123456789-1"
    name        = "n123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789"
    parallelism = 10000
  }

  # A cron job adds 11 characters to the name of a job, and an indexed job the number of its pod: 63 in all.
  assert {
    condition     = can(regex("^t123456789-1-e1234567-n123456789-1234-[0-9a-f]{8}$", kubernetes_cron_job_v1.this["job"].metadata[0].name)) && length("${kubernetes_cron_job_v1.this["job"].metadata[0].name}-12345678-s-9999") <= 63
    error_message = "A long name must leave room for what Kubernetes adds, keep a part of all three and end with a hash."
  }

  assert {
    condition     = can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)$", kubernetes_cron_job_v1.this["job"].metadata[0].labels["app.kubernetes.io/name"]))
    error_message = "The label of the name must be cut to 63 characters."
  }
}

run "awkward_characters_are_replaced" {
  command = plan

  variables {
    name = "Stripe__Orders_"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-orders-[0-9a-f]{8}$", kubernetes_cron_job_v1.this["job"].metadata[0].name))
    error_message = "Capitals and underscores must be replaced, and a changed name must end with a hash."
  }
}

run "namespaces_of_kubernetes_are_left_alone" {
  command = plan

  variables {
    tenant = "kube"
  }

  assert {
    condition     = can(regex("^tkube-prod-stripe-[0-9a-f]{8}$", kubernetes_namespace_v1.this["own"].metadata[0].name))
    error_message = "A namespace must not begin with kube-."
  }
}

run "underscore_and_hyphen_differ" {
  command = plan

  variables {
    name = "a_b"
  }

  assert {
    condition     = output.name != "acme-prod-a-b" && startswith(output.name, "acme-prod-a-b-")
    error_message = "The names a_b and a-b must give different objects."
  }
}

run "hyphen_before_the_boundary" {
  command = plan

  variables {
    tenant      = "a-b"
    environment = "c"
  }

  assert {
    condition     = can(regex("^a-b-c-stripe-[0-9a-f]{8}$", output.name))
    error_message = "A tenant with a hyphen is ambiguous and must get a hash."
  }
}

run "hyphen_after_the_boundary" {
  command = plan

  variables {
    tenant      = "a"
    environment = "b-c"
  }

  assert {
    condition     = can(regex("^a-b-c-stripe-[0-9a-f]{8}$", output.name)) && output.name != run.hyphen_before_the_boundary.name
    error_message = "Tenant a-b in c and tenant a in b-c must give different objects."
  }
}

run "a_name_that_looks_hashed_is_hashed_again" {
  command = plan

  variables {
    name = "stripe-0a1b2c3d"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-0a1b2c3d-[0-9a-f]{8}$", output.name))
    error_message = "A name that ends like one of our hashes must not be able to meet a hashed one."
  }
}
