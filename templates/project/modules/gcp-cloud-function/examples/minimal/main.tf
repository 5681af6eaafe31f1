provider "google" {
  project = "acme-data-dev"
  region  = "europe-west1"
}

module "job" {
  source = "../../"

  project_id     = "acme-data-dev"
  region         = "europe-west1"
  name           = "exchange-rates"
  tenant         = "acme"
  environment    = "dev"
  source_archive = "gs://acme-functions/exchange-rates-1.4.0.zip"
  release        = "python312"
  entry_point    = "main"

  tags = {
    tenant      = "acme"
    environment = "dev"
    cost_center = "fin-001"
  }
}
