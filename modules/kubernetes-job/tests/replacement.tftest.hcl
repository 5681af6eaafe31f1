# Paths covered: replacement.tf. What lives in a cluster that is replaced under the same name is replaced with it.

mock_provider "kubernetes" {}

variables {
  name          = "stripe"
  tenant        = "acme"
  environment   = "prod"
  image         = "registry.acme.example/etl/runner:1.4.0"
  replaced_with = { cluster = "one" }
}

run "made" {}

run "changed_in_place" {
  variables {
    timeout_seconds = 7200
  }

  assert {
    condition     = output.id == run.made.id
    error_message = "In the same cluster nothing may be replaced."
  }
}

run "made_anew_in_another_cluster" {
  variables {
    replaced_with = { cluster = "two" }
  }

  assert {
    condition     = output.id != run.made.id
    error_message = "A new cluster under the same name is empty, so that everything must be made again."
  }
}
