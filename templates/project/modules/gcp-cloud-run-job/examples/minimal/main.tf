provider "google" {
  project = "acme-data-dev"
  region  = "europe-west1"
}

module "job" {
  source = "../../"

  project_id  = "acme-data-dev"
  region      = "europe-west1"
  name        = "stripe-customers"
  tenant      = "acme"
  environment = "dev"
  image       = "europe-west1-docker.pkg.dev/acme-data-dev/etl/runner:1.4.0"

  tags = {
    tenant      = "acme"
    environment = "dev"
    cost_center = "fin-001"
  }
}
