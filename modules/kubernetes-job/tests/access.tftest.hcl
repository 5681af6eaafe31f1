# Paths covered: iam.tf. A service account without rights, unless secrets are to be read by name; identities of
# the three clouds; existing accounts are left alone.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "no_rights_by_default" {
  command = plan

  assert {
    condition     = length(kubernetes_role_v1.this) == 0 && length(kubernetes_role_binding_v1.this) == 0 && kubernetes_service_account_v1.this["own"].automount_service_account_token == false
    error_message = "The job must have no rights in the Kubernetes API, and no token of it."
  }
}

run "secrets_are_readable_by_name" {
  command = plan

  variables {
    readable_secrets = ["webhook", "api"]
  }

  assert {
    condition     = kubernetes_role_v1.this["own"].rule[0].resource_names == toset(["api", "webhook"]) && kubernetes_role_v1.this["own"].rule[0].verbs == toset(["get"]) && kubernetes_role_v1.this["own"].rule[0].resources == toset(["secrets"])
    error_message = "Just the named secrets may be read, and nothing else."
  }

  assert {
    condition     = kubernetes_role_binding_v1.this["own"].subject[0].name == "acme-prod-stripe" && kubernetes_role_binding_v1.this["own"].subject[0].namespace == "acme-prod-stripe" && kubernetes_role_binding_v1.this["own"].role_ref[0].name == "acme-prod-stripe"
    error_message = "The role must be bound to the job's own account."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].automount_service_account_token == true
    error_message = "To read them the pods need the token."
  }
}

run "identity_on_eks" {
  command = plan

  variables {
    identity = { aws_role_arn = "arn:aws:iam::123456789012:role/etl" }
  }

  assert {
    condition     = kubernetes_service_account_v1.this["own"].metadata[0].annotations["eks.amazonaws.com/role-arn"] == "arn:aws:iam::123456789012:role/etl"
    error_message = "On EKS the role is an annotation of the service account."
  }
}

run "identity_on_gke" {
  command = plan

  variables {
    identity = { google_service_account = "etl@acme-data.iam.gserviceaccount.com" }
  }

  assert {
    condition     = kubernetes_service_account_v1.this["own"].metadata[0].annotations["iam.gke.io/gcp-service-account"] == "etl@acme-data.iam.gserviceaccount.com"
    error_message = "On GKE the Google service account is an annotation of the service account."
  }
}

run "identity_on_aks" {
  command = plan

  variables {
    identity = { azure_client_id = "00000000-0000-4000-8000-000000000001" }
  }

  assert {
    condition     = kubernetes_service_account_v1.this["own"].metadata[0].annotations["azure.workload.identity/client-id"] == "00000000-0000-4000-8000-000000000001"
    error_message = "On AKS the client id is an annotation of the service account."
  }

  assert {
    condition     = kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].metadata[0].labels["azure.workload.identity/use"] == "true" && !contains(keys(kubernetes_cron_job_v1.this["job"].metadata[0].labels), "azure.workload.identity/use")
    error_message = "On AKS pods, and pods alone, carry a label that asks for the identity."
  }
}

run "an_existing_account_is_left_alone" {
  command = plan

  variables {
    namespace            = "etl"
    service_account_name = "runner"
  }

  assert {
    condition     = length(kubernetes_service_account_v1.this) == 0 && output.service_account_name == "runner" && kubernetes_cron_job_v1.this["job"].spec[0].job_template[0].spec[0].template[0].spec[0].service_account_name == "runner"
    error_message = "Pods must run as the existing account."
  }
}
