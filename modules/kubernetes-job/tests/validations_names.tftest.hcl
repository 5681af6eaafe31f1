# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "an_annotation_key_has_one_slash" {
  command = plan

  variables {
    annotations = { "a/b/c" = "x" }
  }

  expect_failures = [var.annotations]
}

run "an_identity_is_no_annotation" {
  command = plan

  variables {
    annotations = { "eks.amazonaws.com/role-arn" = "arn:aws:iam::123456789012:role/x" }
  }

  expect_failures = [var.annotations]
}

run "annotations_have_256_kib_at_most" {
  command = plan

  variables {
    annotations = { a = format("%262144s", "x") }
  }

  expect_failures = [var.annotations]
}

run "a_label_key_has_63_characters_at_most" {
  command = plan

  variables {
    labels = { "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_value_has_63_characters_at_most" {
  command = plan

  variables {
    labels = { key = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv" }
  }

  expect_failures = [var.labels]
}

run "a_label_value_does_not_end_with_a_dot" {
  command = plan

  variables {
    labels = { key = "value." }
  }

  expect_failures = [var.labels]
}

run "a_label_of_the_module_is_refused" {
  command = plan

  variables {
    labels = { "app.kubernetes.io/instance" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_does_not_differ_from_a_tag" {
  command = plan

  variables {
    labels = { team = "a" }
    tags   = { team = "b" }
  }

  expect_failures = [var.labels]
}

run "a_tag_key_starts_with_a_letter_or_digit" {
  command = plan

  variables {
    tags = { "-key" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_value_has_no_spaces" {
  command = plan

  variables {
    tags = { key = "a b" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_the_module_is_refused" {
  command = plan

  variables {
    tags = { "app.kubernetes.io/name" = "x" }
  }

  expect_failures = [var.tags]
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
