# What the module refuses, one wrong value a run, and what it takes at the bounds: labels, tags and annotations.

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

  subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
}

run "a_label_that_is_none" {
  command = plan

  variables {
    kubernetes_labels = { owner = "a@b" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_that_nodes_may_not_have" {
  command = plan

  variables {
    kubernetes_labels = { "node.kubernetes.io/owner" = "a" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_with_two_values" {
  command = plan

  variables {
    kubernetes_labels = { owner = "a" }
    labels            = { owner = "b" }
  }

  expect_failures = [var.labels]
}

run "an_annotation_that_is_none" {
  command = plan

  variables {
    annotations = { "a b" = "c" }
  }

  expect_failures = [var.annotations]
}

run "a_tag_with_a_slash" {
  command = plan

  variables {
    tags = { "cost/center" = "x" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_azures_own" {
  command = plan

  variables {
    tags = { "Microsoft.x" = "y" }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case" {
  command = plan

  variables {
    tags = { Owner = "a", owner = "b" }
  }

  expect_failures = [var.tags]
}

run "an_annotation_is_not_null" {
  command = plan

  variables {
    annotations = { note = null }
  }

  expect_failures = [var.annotations]
}

run "annotations_are_counted_in_bytes" {
  command = plan

  variables {
    annotations = { note = join("", [for number in range(1000) : join("", [for other in range(131) : "ü"])]) }
  }

  expect_failures = [var.annotations]
}

run "a_prefix_has_no_empty_part" {
  command = plan

  variables {
    annotations = { "a..b/c" = "x" }
  }

  expect_failures = [var.annotations]
}

run "a_profile_is_no_annotation" {
  command = plan

  variables {
    annotations = { "container.apparmor.security.beta.kubernetes.io/job" = "unconfined" }
  }

  expect_failures = [var.annotations]
}

run "a_label_of_the_job_controller_is_refused" {
  command = plan

  variables {
    labels = { job-name = "stripe" }
  }

  expect_failures = [var.labels]
}

run "a_label_of_the_job_controller_is_refused_by_its_long_name" {
  command = plan

  variables {
    labels = { "batch.kubernetes.io/controller-uid" = "stripe" }
  }

  expect_failures = [var.labels]
}

run "what_a_namespace_is_called_is_refused" {
  command = plan

  variables {
    labels = { "kubernetes.io/metadata.name" = "other" }
  }

  expect_failures = [var.labels]
}

run "pods_stay_restricted" {
  command = plan

  variables {
    labels = { "pod-security.kubernetes.io/enforce" = "baseline" }
  }

  expect_failures = [var.labels]
}

run "a_warning_names_a_standard" {
  command = plan

  variables {
    labels = { "pod-security.kubernetes.io/warn" = "strict" }
  }

  expect_failures = [var.labels]
}

run "a_standard_has_a_version" {
  command = plan

  variables {
    labels = { "pod-security.kubernetes.io/audit-version" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_tag_of_the_job_controller_is_refused" {
  command = plan

  variables {
    kubernetes_labels = { job-name = "stripe" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_tag_does_not_loosen_the_pods" {
  command = plan

  variables {
    kubernetes_labels = { "pod-security.kubernetes.io/enforce" = "baseline" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_tag_warns_of_a_standard" {
  command = plan

  variables {
    kubernetes_labels = { "pod-security.kubernetes.io/warn" = "strict" }
  }

  expect_failures = [var.kubernetes_labels]
}
