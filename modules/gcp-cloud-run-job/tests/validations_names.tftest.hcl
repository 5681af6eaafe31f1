# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "a_project_number_is_refused" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "a_zone_is_not_a_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "a_name_has_80_characters_at_most" {
  command = plan

  variables {
    name = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
  }

  expect_failures = [var.name]
}

run "a_name_is_not_a_path" {
  command = plan

  variables {
    name = "../etc"
  }

  expect_failures = [var.name]
}

run "a_tenant_has_40_characters_at_most" {
  command = plan

  variables {
    tenant = "ttttttttttttttttttttttttttttttttttttttttt"
  }

  expect_failures = [var.tenant]
}

run "an_environment_has_32_characters_at_most" {
  command = plan

  variables {
    environment = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
  }

  expect_failures = [var.environment]
}

run "a_label_key_is_lower_case" {
  command = plan

  variables {
    tags = { CostCenter = "fin-001" }
  }

  expect_failures = [var.tags]
}

run "a_label_value_has_no_at_sign" {
  command = plan

  variables {
    tags = { owner = "jane@example.com" }
  }

  expect_failures = [var.tags]
}

run "sixty_four_labels_at_most" {
  command = plan

  variables {
    tags = { for number in range(65) : "k${number}" => "v" }
  }

  expect_failures = [var.tags]
}
