# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

mock_provider "google" {}

mock_provider "time" {}

variables {
  project_id     = "acme-data-prod"
  region         = "europe-west1"
  name           = "rates"
  tenant         = "acme"
  environment    = "prod"
  source_archive = "gs://acme-functions/rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"
}

run "instances_are_positive" {
  command = plan

  variables {
    max_instances = 0
  }

  expect_failures = [var.max_instances]
}

run "instances_have_a_most" {
  command = plan

  variables {
    max_instances = 1001
  }

  expect_failures = [var.max_instances]
}

run "release_is_a_runtime" {
  command = plan

  variables {
    release = "3.12"
  }

  expect_failures = [var.release]
}

run "release_has_a_version" {
  command = plan

  variables {
    release = "python"
  }

  expect_failures = [var.release]
}
