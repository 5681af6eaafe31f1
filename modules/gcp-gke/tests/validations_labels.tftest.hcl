# What the module refuses, one wrong value a run, and what it takes at the bounds: labels, tags and annotations.

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

run "a_label_of_google" {
  command = plan

  variables {
    tags = { CostCenter = "x" }
  }

  expect_failures = [var.tags]
}

run "a_label_value_of_google" {
  command = plan

  variables {
    tags = { cost_center = "FIN-001" }
  }

  expect_failures = [var.tags]
}

run "sixty_four_labels" {
  command = plan

  variables {
    tags = { for number in range(65) : "k${number}" => "v" }
  }

  expect_failures = [var.tags]
}

run "a_label_of_kubernetes" {
  command = plan

  variables {
    kubernetes_labels = { "-a" = "x" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_label_value_of_kubernetes" {
  command = plan

  variables {
    kubernetes_labels = { a = "a@b" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "labels_of_the_module_itself" {
  command = plan

  variables {
    kubernetes_labels = { "app.kubernetes.io/name" = "x" }
  }

  expect_failures = [var.kubernetes_labels]
}

run "a_further_label_value" {
  command = plan

  variables {
    labels = { a = "a b" }
  }

  expect_failures = [var.labels]
}

run "a_further_label_of_the_module_itself" {
  command = plan

  variables {
    labels = { "app.kubernetes.io/part-of" = "x" }
  }

  expect_failures = [var.labels]
}

run "a_label_with_two_values" {
  command = plan

  variables {
    kubernetes_labels = { a = "x" }
    labels            = { a = "y" }
  }

  expect_failures = [var.labels]
}

run "an_annotation_has_a_key" {
  command = plan

  variables {
    annotations = { "a b" = "x" }
  }

  expect_failures = [var.annotations]
}

run "the_identity_is_no_annotation" {
  command = plan

  variables {
    annotations = { "iam.gke.io/gcp-service-account" = "x@p.iam.gserviceaccount.com" }
  }

  expect_failures = [var.annotations]
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
