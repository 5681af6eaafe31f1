# What the module refuses, one wrong value a run, and what it takes at the bounds: labels, tags and annotations.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
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
    tags = { job-name = "stripe" }
  }

  expect_failures = [var.tags]
}

run "a_tag_does_not_loosen_the_pods" {
  command = plan

  variables {
    tags = { "pod-security.kubernetes.io/enforce" = "baseline" }
  }

  expect_failures = [var.tags]
}

run "a_tag_warns_of_a_standard" {
  command = plan

  variables {
    tags = { "pod-security.kubernetes.io/warn" = "strict" }
  }

  expect_failures = [var.tags]
}
