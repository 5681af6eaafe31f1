# Paths covered: names.tf. Names that fit stay readable; long, awkward and ambiguous identities get a hash and
# never meet; every name keeps to the rules of the resource it is for.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "a_plain_identity_is_readable" {
  command = plan

  assert {
    condition     = google_container_cluster.this.name == "acme-prod-stripe" && google_container_node_pool.this.name == "acme-prod-stripe"
    error_message = "Cluster and node pool must be called tenant-environment-name."
  }

  assert {
    condition     = google_service_account.this["own"].account_id == "acme-prod-stripe" && local.namespace == "acme-prod-stripe"
    error_message = "Service account and namespace must be called tenant-environment-name."
  }
}

run "every_resource_carries_the_name" {
  command = plan

  variables {
    schedule = { expression = "0 2 * * *" }
    alerts   = { error_lines = 1, run_seconds = 60 }
  }

  assert {
    condition = alltrue([
      for name in concat(
        [google_kms_key_ring.this["own"].name, google_kms_crypto_key.this["own"].name, google_logging_project_sink.this["own"].name, google_logging_project_bucket_config.this["own"].bucket_id],
        [for metric in google_logging_metric.this : metric.name],
        [for policy in merge(google_monitoring_alert_policy.logs, google_monitoring_alert_policy.runs) : policy.display_name],
      ) : startswith(name, "acme-prod-stripe")
    ])
    error_message = "Names of the key, sink, log bucket, metrics and policies must carry tenant, environment and name."
  }
}

run "the_longest_identity_fits" {
  command = plan

  variables {
    tenant      = "t123456789-123456789-123456789-123456789"
    environment = "e123456789-123456789-123456789-1"
    name        = "n123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789"
  }

  assert {
    condition     = can(regex("^t123456789-e12345-n123456789-12-[0-9a-f]{8}$", google_container_cluster.this.name)) && length(google_container_cluster.this.name) <= 40
    error_message = "A long name must be cut to 40 characters, keep a part of all three and end with a hash."
  }

  assert {
    condition = alltrue([
      for id in [google_service_account.this["own"].account_id, google_service_account.nodes.account_id] :
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
    condition     = google_container_cluster.this.name == "a-b-c" && can(regex("^a-b-c-[0-9a-f]{8}$", google_service_account.this["own"].account_id))
    error_message = "An account id needs six characters, so a shorter one must get a hash."
  }
}

run "names_start_with_a_letter" {
  command = plan

  variables {
    tenant = "3m"
  }

  assert {
    condition     = can(regex("^t3m-prod-stripe-[0-9a-f]{8}$", google_container_cluster.this.name))
    error_message = "A tenant that starts with a digit must get a letter in front, and a hash since the name was changed."
  }
}

run "names_that_belong_to_kubernetes_are_left_to_it" {
  command = plan

  variables {
    tenant = "kube"
  }

  assert {
    condition     = can(regex("^tkube-prod-stripe-[0-9a-f]{8}$", local.namespace))
    error_message = "A namespace must not begin with kube-."
  }
}

run "awkward_characters_are_replaced" {
  command = plan

  variables {
    name = "Stripe__Customers_"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-customers-[0-9a-f]{8}$", google_container_cluster.this.name)) || can(regex("^acme-prod-stripe-custom-[0-9a-f]{8}$", google_container_cluster.this.name))
    error_message = "Capitals and underscores must be replaced, and a changed name must end with a hash."
  }
}

run "underscore_and_hyphen_differ" {
  command = plan

  variables {
    name = "a_b"
  }

  assert {
    condition     = can(regex("^acme-prod-a-b-[0-9a-f]{8}$", google_container_cluster.this.name))
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
    condition     = can(regex("^a-b-c-stripe-[0-9a-f]{8}$", output.cluster_name))
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
    condition     = can(regex("^a-b-c-stripe-[0-9a-f]{8}$", output.cluster_name)) && output.cluster_name != run.hyphen_before_the_boundary.cluster_name
    error_message = "Tenant a-b in c and tenant a in b-c must give different resources."
  }
}

run "a_name_that_looks_hashed_is_hashed_again" {
  command = plan

  variables {
    name = "stripe-0a1b2c3d"
  }

  assert {
    condition     = can(regex("^acme-prod-stripe-0a1b2c-[0-9a-f]{8}$", google_container_cluster.this.name))
    error_message = "A name that ends like one of our hashes must not be able to meet a hashed one."
  }
}

run "nodes_and_job_have_accounts_of_their_own" {
  command = plan

  assert {
    condition = (
      google_service_account.nodes.account_id != google_service_account.this["own"].account_id
      && can(regex("^[a-z]([-a-z0-9]{4,28}[a-z0-9])$", google_service_account.nodes.account_id))
    )
    error_message = "Nodes and job must have different, valid account ids."
  }
}

run "a_second_key_ring_meets_no_other" {
  command = plan

  variables {
    kms_key_generation = 2
  }

  assert {
    condition     = google_kms_key_ring.this["own"].name == "acme-prod-stripe_2"
    error_message = "A further key ring of one job must not be called like the first of another."
  }
}
