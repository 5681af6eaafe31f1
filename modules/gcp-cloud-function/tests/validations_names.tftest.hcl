# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "environment_has_no_dots" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
}

run "name_is_short" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "project_is_an_id" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "region_is_a_region" {
  command = plan

  variables {
    region = "europe"
  }

  expect_failures = [var.region]
}

run "label_key_is_lower_case" {
  command = plan

  variables {
    tags = { CostCenter = "x" }
  }

  expect_failures = [var.tags]
}

run "label_value_is_lower_case" {
  command = plan

  variables {
    tags = { cost_center = "FIN-001" }
  }

  expect_failures = [var.tags]
}

run "labels_are_64_at_most" {
  command = plan

  variables {
    tags = { for n in range(65) : "key${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tenant_is_short" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}
