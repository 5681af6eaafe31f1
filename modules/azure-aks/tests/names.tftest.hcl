# Names: plain where they can be read back, short and hashed otherwise, distinct for distinct jobs.
#
# Covered: a plain name; one too long; ones that cleaning changes; a hyphen between tenant and environment;
# a plain name that looks hashed; what every resource is called.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

mock_provider "kubernetes" {}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }
}

run "a_plain_name_stays_as_it_is" {
  command = plan

  assert {
    condition = (
      azurerm_kubernetes_cluster.this.name == "acme-prod-stripe-customers" &&
      azurerm_kubernetes_cluster.this.dns_prefix == "acme-prod-stripe-customers" &&
      output.name == "acme-prod-stripe-customers"
    )
    error_message = "A name that fits and needs no cleaning must be tenant, environment and name: ${output.cluster_name}."
  }
}

run "a_long_name_is_cut_and_hashed" {
  command = plan

  variables {
    alerts      = { error_lines = 1, run_seconds = 600 }
    kms_key_id  = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/acme/keys/k"
    tenant      = "a-very-long-tenant-name-of-forty-letters"
    environment = "pre-production-eu-west-of-thirty"
    name        = "A-job-whose-name-takes-all-of-the-eighty-characters-that-a-name-may-have-at-most"
  }

  assert {
    condition     = can(regex("^a-very-long-ten-pre-prod-a-job-whose-name-[a-z-]*-[0-9a-f]{8}$", output.cluster_name)) && !strcontains(output.cluster_name, "--")
    error_message = "A cut name must begin with tenant, environment and name and end with a hash: ${output.cluster_name}."
  }

  assert {
    condition = (
      length(azurerm_kubernetes_cluster.this.dns_prefix) <= 54 &&
      length(azurerm_kubernetes_cluster.this.node_resource_group) <= 80 &&
      length(azurerm_log_analytics_workspace.this[0].name) <= 63 &&
      length(azurerm_monitor_data_collection_rule.this.name) <= 64 &&
      length(azurerm_disk_encryption_set.this[0].name) <= 80 &&
      length(azurerm_federated_identity_credential.workload.name) <= 120
    )
    error_message = "Every name must fit."
  }
}

run "an_underscore_is_cleaned_and_hashed" {
  command = plan

  variables {
    name = "stripe_customers"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-customers-[0-9a-f]{8}$", output.cluster_name))
    error_message = "stripe_customers must not end as stripe-customers: ${output.cluster_name}."
  }
}

run "an_upper_case_name_is_told_from_a_lower_case_one" {
  command = plan

  variables {
    name = "Stripe_customers"
  }

  assert {
    condition     = output.cluster_name != run.an_underscore_is_cleaned_and_hashed.cluster_name
    error_message = "Names that differ in case only must not fall together."
  }
}

run "a_hyphen_in_the_tenant_is_hashed" {
  command = plan

  variables {
    tenant      = "a-b"
    environment = "c"
    name        = "load"
  }

  assert {
    condition     = can(regex("^a-b-c-load-[0-9a-f]{8}$", output.cluster_name))
    error_message = "A tenant with a hyphen must be told apart by a hash: ${output.cluster_name}."
  }
}

run "a_hyphen_in_the_environment_gives_another_name" {
  command = plan

  variables {
    tenant      = "a"
    environment = "b-c"
    name        = "load"
  }

  assert {
    condition     = can(regex("^a-b-c-load-[0-9a-f]{8}$", output.cluster_name)) && output.cluster_name != run.a_hyphen_in_the_tenant_is_hashed.cluster_name
    error_message = "a-b and c must not fall together with a and b-c."
  }
}

run "a_plain_name_that_looks_hashed_is_hashed" {
  command = plan

  variables {
    name = "load-deadbeef"
  }

  assert {
    condition     = can(regex("^acme-prod-load-deadbeef-[0-9a-f]{8}$", output.cluster_name))
    error_message = "A plain name must never look like another job's hashed one: ${output.cluster_name}."
  }
}

run "a_name_of_odd_ends_has_no_double_hyphen" {
  command = plan

  variables {
    tenant      = "3m__-_"
    environment = "dev-_"
    name        = "a_-_b--"
  }

  assert {
    condition     = can(regex("^3m-dev-a-b-[0-9a-f]{8}$", output.cluster_name))
    error_message = "Runs of hyphens and underscores must become one hyphen: ${output.cluster_name}."
  }
}

run "every_resource_is_called_after_the_job" {
  command = plan

  variables {
    alerts = { error_lines = 1, run_seconds = 600 }
  }

  assert {
    condition = alltrue([
      for name in concat(
        [
          azurerm_kubernetes_cluster.this.node_resource_group,
          azurerm_monitor_data_collection_rule.this.name,
          azurerm_monitor_diagnostic_setting.cluster.name,
          azurerm_user_assigned_identity.cluster[0].name,
          azurerm_user_assigned_identity.nodes[0].name,
        ],
        azurerm_log_analytics_workspace.this[*].name,
        azurerm_user_assigned_identity.workload[*].name,
        values(azurerm_monitor_scheduled_query_rules_alert_v2.this)[*].name,
      ) : startswith(name, "acme-prod-stripe-customers-")
    ])
    error_message = "Every name must begin with the job's."
  }
}

run "the_identity_trusts_the_account_of_a_plain_name" {
  command = plan

  assert {
    condition     = azurerm_federated_identity_credential.workload.subject == "system:serviceaccount:${output.kubernetes_namespace}:${output.kubernetes_service_account_name}"
    error_message = "The identity must trust the service account that there is."
  }
}

run "the_identity_trusts_the_account_of_a_long_name" {
  command = plan
  variables {
    name = "customers-and-everything-else-that-we-know-of-them"
  }

  assert {
    condition     = azurerm_federated_identity_credential.workload.subject == "system:serviceaccount:${output.kubernetes_namespace}:${output.kubernetes_service_account_name}"
    error_message = "The identity must trust the service account that there is."
  }
}

run "the_identity_trusts_the_account_of_a_name_that_is_cleaned" {
  command = plan
  variables {
    name   = "Stripe_Customers"
    tenant = "kube"
  }

  assert {
    condition     = azurerm_federated_identity_credential.workload.subject == "system:serviceaccount:${output.kubernetes_namespace}:${output.kubernetes_service_account_name}"
    error_message = "The identity must trust the service account that there is."
  }
}

run "the_identity_trusts_the_account_of_a_tenant_with_a_hyphen" {
  command = plan
  variables {
    tenant = "acme-eu"
  }

  assert {
    condition     = azurerm_federated_identity_credential.workload.subject == "system:serviceaccount:${output.kubernetes_namespace}:${output.kubernetes_service_account_name}"
    error_message = "The identity must trust the service account that there is."
  }
}
