# What the module refuses, one wrong value a run, and what it takes at the bounds: names.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
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

run "a_namespace_has_no_dots" {
  command = plan

  variables {
    namespace = "data.etl"
  }

  expect_failures = [var.namespace]
}

run "a_namespace_of_kubernetes_is_refused" {
  command = plan

  variables {
    namespace = "kube-system"
  }

  expect_failures = [var.namespace]
}
