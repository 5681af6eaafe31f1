locals {
  project_id = "acme-data-prod"
  region     = "europe-west1"

  tags = {
    tenant              = "acme"
    environment         = "prod"
    job                 = "exchange-rates"
    cost_center         = "fin-001"
    team                = "data-engineering"
    data_classification = "public"
    managed_by          = "terraform"
  }
}

provider "google" {
  project        = local.project_id
  region         = local.region
  default_labels = local.tags
}

module "job" {
  source = "../../"

  project_id  = local.project_id
  region      = local.region
  name        = "exchange-rates"
  tenant      = "acme"
  environment = "prod"
  tags        = local.tags

  source_archive  = "gs://acme-functions/exchange-rates.zip#1730000000000000"
  release         = "python312"
  entry_point     = "main"
  cpu             = 0.583
  memory_mib      = 1024
  timeout_seconds = 900
  max_instances   = 2
  max_retries     = 1

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    RATES_API_KEY = "projects/acme-data-prod/secrets/rates-api-key"
    WAREHOUSE_DSN = "projects/acme-shared/secrets/warehouse-dsn/versions/3"
  }

  readable_secrets = ["projects/acme-data-prod/secrets/rates-webhook"]

  network = {
    network      = "projects/acme-net/global/networks/data"
    subnetwork   = "projects/acme-net/regions/europe-west1/subnetworks/etl"
    network_tags = ["etl"]
  }

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/rates"
    state_bucket = "acme-etl-state"
    state_prefix = "acme/exchange-rates"
    targets      = [{ bucket = "acme-warehouse", prefix = "stripe" }]
  }

  access = [
    { resource = "projects/acme-data-prod/datasets/sales", level = "write" },
    { resource = "projects/acme-data-prod/subscriptions/orders", level = "read" },
    { resource = "projects/acme-data-prod/topics/done", level = "write" },
    { resource = "gs://acme-landing/erp", level = "read" },
  ]

  kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"

  schedule = {
    expression = "0 2 * * *"
    timezone   = "Europe/Berlin"
  }

  log_retention_days = 90

  alerts = {
    channels              = ["projects/acme-data-prod/notificationChannels/1234567890"]
    error_lines           = 5
    run_seconds           = 600
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }
}
