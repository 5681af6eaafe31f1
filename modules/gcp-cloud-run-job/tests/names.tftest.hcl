# Paths covered: names.tf. Names that fit stay readable; long, awkward and ambiguous identities get a hash and
# never meet; every name keeps to the rules of the resource it is for.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "a_plain_identity_is_readable" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job.this["job"].name == "acme-prod-stripe"
    error_message = "The job must be called tenant-environment-name."
  }

  assert {
    condition     = google_service_account.this["own"].account_id == "acme-prod-stripe"
    error_message = "The service account must be called tenant-environment-name."
  }
}

run "every_resource_carries_the_name" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    alerts   = { error_lines = 1 }
  }

  assert {
    condition = alltrue([
      for name in concat(
        [google_cloud_scheduler_job.this["schedule"].name, google_logging_project_sink.this["own"].name, google_logging_project_bucket_config.this["own"].bucket_id],
        [for metric in google_logging_metric.this : metric.name],
        [for policy in merge(google_monitoring_alert_policy.logs, google_monitoring_alert_policy.runs) : policy.display_name],
      ) : startswith(name, "acme-prod-stripe")
    ])
    error_message = "Names of the schedule, sink, log bucket, metrics and policies must carry tenant, environment and name."
  }
}

run "the_longest_identity_fits" {
  command = plan

  variables {
    tenant      = "t123456789-123456789-123456789-123456789"
    environment = "e123456789-123456789-123456789-1"
    name        = "n123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789"
    schedule    = { expression = "0 2 * * *" }
  }

  assert {
    condition     = can(regex("^t123456789-1-e1234567-n123456789-1234567-[0-9a-f]{8}$", google_cloud_run_v2_job.this["job"].name)) && length(google_cloud_run_v2_job.this["job"].name) <= 49
    error_message = "A long job name must be cut to 49 characters, keep a part of all three and end with a hash."
  }

  assert {
    condition = alltrue([
      for id in [google_service_account.this["own"].account_id, google_service_account.scheduler["schedule"].account_id] :
      can(regex("^t123456-e123-n1234567-[0-9a-f]{8}$", id)) && length(id) <= 30
    ])
    error_message = "A long account id must be cut to 30 characters, keep a part of all three and end with a hash."
  }
}

run "the_shortest_identity_has_enough_characters" {
  command = plan

  variables {
    tenant      = "a"
    environment = "b"
    name        = "c"
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].name == "a-b-c" && can(regex("^a-b-c-[0-9a-f]{8}$", google_service_account.this["own"].account_id))
    error_message = "An account id needs six characters, so a shorter one must get a hash."
  }
}

run "names_start_with_a_letter" {
  command = plan

  variables {
    tenant = "3m"
  }

  assert {
    condition     = can(regex("^t3m-prod-stripe-[0-9a-f]{8}$", google_cloud_run_v2_job.this["job"].name))
    error_message = "A tenant that starts with a digit must get a letter in front, and a hash since the name was changed."
  }
}

run "awkward_characters_are_replaced" {
  command = plan

  variables {
    name = "Stripe__Customers_"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-customers-[0-9a-f]{8}$", google_cloud_run_v2_job.this["job"].name))
    error_message = "Capitals and underscores must be replaced, and a changed name must end with a hash."
  }
}

run "underscore_and_hyphen_differ" {
  command = apply

  variables {
    name = "a_b"
  }

  assert {
    condition     = output.name != "acme-prod-a-b" && startswith(output.name, "acme-prod-a-b-")
    error_message = "The names a_b and a-b must give different resources."
  }
}

run "hyphen_before_the_boundary" {
  command = apply

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
  command = apply

  variables {
    tenant      = "a"
    environment = "b-c"
  }

  assert {
    condition     = can(regex("^a-b-c-stripe-[0-9a-f]{8}$", output.name)) && output.name != run.hyphen_before_the_boundary.name
    error_message = "Tenant a-b in c and tenant a in b-c must give different resources."
  }
}

run "a_name_that_looks_hashed_is_hashed_again" {
  command = plan

  variables {
    name = "stripe-0a1b2c3d"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-0a1b2c3d-[0-9a-f]{8}$", google_cloud_run_v2_job.this["job"].name))
    error_message = "A name that ends like one of our hashes must not be able to meet a hashed one."
  }
}

run "the_scheduler_has_an_account_of_its_own" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
  }

  assert {
    condition = (
      google_service_account.scheduler["schedule"].account_id != google_service_account.this["own"].account_id
      && can(regex("^[a-z]([-a-z0-9]{4,28}[a-z0-9])$", google_service_account.scheduler["schedule"].account_id))
    )
    error_message = "Job and scheduler must have different, valid account ids."
  }
}
