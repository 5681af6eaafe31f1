provider "google" {
  project = "acme-data-dev"
  region  = "europe-west1"
}

# The cluster that this configuration makes, reached with the caller's own Google identity; no token is kept.
provider "kubernetes" {
  host                   = module.job.kubernetes_host
  cluster_ca_certificate = module.job.kubernetes_ca_certificate

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "gke-gcloud-auth-plugin"
    args        = ["--use_application_default_credentials"]
  }
}

module "job" {
  source = "../../"

  project_id  = "acme-data-dev"
  region      = "europe-west1"
  name        = "stripe-customers"
  tenant      = "acme"
  environment = "dev"
  image       = "europe-west1-docker.pkg.dev/acme-data-dev/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }

  tags = {
    tenant      = "acme"
    environment = "dev"
    cost_center = "fin-001"
  }

  kubernetes_labels = {
    tenant      = "acme"
    environment = "dev"
    cost-center = "FIN-001"
  }
}
