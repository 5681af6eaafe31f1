# Names: plain where they can be read back, short and hashed otherwise, distinct for distinct jobs.
#
# Covered: a plain name; one too long; one that sanitising changes, pairs that would fall together
# (underscore and hyphen, case, a hyphen between tenant and environment); a digit in front; a plain
# name that looks hashed; names of secrets.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  name                = "stripe-customers"
  environment         = "prod"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "data"
  tenant              = "acme"
}

run "a_plain_name_stays_as_it_is" {
  command = plan

  assert {
    condition     = output.name == "acme-prod-stripe-customers"
    error_message = "A name that fits and needs no cleaning must be tenant, environment and name: ${output.name}."
  }
}

run "a_long_name_is_cut_and_hashed" {
  command = plan

  variables {
    tenant      = "a-very-long-tenant-name-of-forty-letters"
    environment = "pre-production-eu"
    name        = "a-job-whose-name-takes-all-of-the-eighty-characters-that-a-name-may-have-at-most"
  }

  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", output.name)) && !can(regex("--", output.name))
    error_message = "A cut name must have at most 32 characters and no double hyphen: ${output.name}."
  }

  assert {
    condition     = can(regex("^a-very-pre-p-a-job-[a-z-]*-[0-9a-f]{8}$", output.name))
    error_message = "A cut name must begin with tenant, environment and name and end with a hash: ${output.name}."
  }
}

run "the_longest_plain_name_has_32_characters" {
  command = plan

  variables {
    name = "stripe-customers-12345"
  }

  assert {
    condition     = output.name == "acme-prod-stripe-customers-12345" && length(output.name) == 32
    error_message = "32 characters must not be cut: ${output.name}."
  }
}

run "an_underscore_is_cleaned_and_hashed" {
  command = plan

  variables {
    name = "stripe_customers"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-custom-[0-9a-f]{8}$", output.name))
    error_message = "stripe_customers must not end as stripe-customers: ${output.name}."
  }
}

run "an_upper_case_name_is_told_from_a_lower_case_one" {
  command = plan

  variables {
    name = "Stripe_customers"
  }

  assert {
    condition     = output.name != run.an_underscore_is_cleaned_and_hashed.name
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
    condition     = can(regex("^a-b-c-load-[0-9a-f]{8}$", output.name))
    error_message = "A tenant with a hyphen must be told apart by a hash: ${output.name}."
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
    condition     = can(regex("^a-b-c-load-[0-9a-f]{8}$", output.name)) && output.name != run.a_hyphen_in_the_tenant_is_hashed.name
    error_message = "a-b and c must not fall together with a and b-c."
  }
}

run "a_digit_in_front_gets_a_letter" {
  command = plan

  variables {
    tenant = "3m"
  }

  assert {
    condition     = can(regex("^t3m-prod-stripe-custom[a-z-]*-[0-9a-f]{8}$", output.name))
    error_message = "Azure wants a letter in front: ${output.name}."
  }
}

run "a_plain_name_that_looks_hashed_is_hashed" {
  command = plan

  variables {
    name = "load-deadbeef"
  }

  assert {
    condition     = can(regex("^acme-prod-load-deadbee?f?-[0-9a-f]{8}$", output.name)) && output.name != "acme-prod-load-deadbeef"
    error_message = "A plain name must never look like another job's hashed one: ${output.name}."
  }
}

run "a_name_of_odd_ends_has_no_double_hyphen" {
  command = plan

  variables {
    tenant      = "acme__-_"
    environment = "dev-_"
    name        = "a_-_b--"
  }

  assert {
    condition     = can(regex("^acme-dev-a-b-[0-9a-f]{8}$", output.name))
    error_message = "Runs of hyphens and underscores must become one hyphen: ${output.name}."
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
        azurerm_container_app_environment.this[*].name,
        azurerm_log_analytics_workspace.this[*].name,
        azurerm_monitor_metric_alert.failed_runs[*].name,
        azurerm_user_assigned_identity.this[*].name,
        values(azurerm_monitor_scheduled_query_rules_alert_v2.this)[*].name,
      ) : startswith(name, "acme-prod-stripe-customers-")
    ])
    error_message = "Every name must begin with the job's."
  }
}

run "secrets_of_like_variables_get_names_of_their_own" {
  command = plan

  variables {
    key_vault_ids = { vault = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/vault" }
    secrets = {
      API_KEY   = "https://vault.vault.azure.net/secrets/one"
      api_key   = "https://vault.vault.azure.net/secrets/two"
      "api.key" = "https://vault.vault.azure.net/secrets/three"
      _         = "https://vault.vault.azure.net/secrets/four"
    }
  }

  assert {
    condition     = length(distinct([for secret in azurerm_container_app_job.this[0].secret : secret.name])) == 4
    error_message = "Each variable must have a secret of its own."
  }

  assert {
    condition     = alltrue([for secret in azurerm_container_app_job.this[0].secret : can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", secret.name))])
    error_message = "Names of secrets must hold lower-case letters, digits and hyphens only."
  }
}
