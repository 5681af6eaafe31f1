locals {
  project_id = "acme-data-prod"
  region     = "europe-west1"

  tags = {
    tenant              = "acme"
    environment         = "prod"
    job                 = "stripe-customers"
    cost_center         = "fin-001"
    team                = "data-engineering"
    data_classification = "pii"
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
  name        = "stripe-customers"
  tenant      = "acme"
  environment = "prod"
  tags        = local.tags

  image           = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  args            = ["run", "--config", "jobs/stripe_customers.yaml"]
  cpu             = 2
  memory_mib      = 4096
  timeout_seconds = 7200
  max_retries     = 1
  parallelism     = 4

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    STRIPE_API_KEY = "projects/acme-data-prod/secrets/stripe-api-key"
    WAREHOUSE_DSN  = "projects/acme-shared/secrets/warehouse-dsn/versions/3"
  }

  readable_secrets = ["projects/acme-data-prod/secrets/stripe-webhook"]

  network = {
    network      = "projects/acme-net/global/networks/data"
    subnetwork   = "projects/acme-net/regions/europe-west1/subnetworks/etl"
    network_tags = ["etl"]
  }

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/stripe"
    state_bucket = "acme-etl-state"
    state_prefix = "acme/stripe-customers"
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
    run_seconds           = 5400
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }
}
