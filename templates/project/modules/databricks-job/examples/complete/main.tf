provider "databricks" {
  host = "https://adb-1234567890123456.7.azuredatabricks.net"
}

locals {
  tags = {
    CostCenter  = "FIN-002"
    Environment = "prod"
    Owner       = "payments@example.com"
    Regulations = "GDPR+PCI-DSS"
  }

  channels = ["data-oncall@example.com", "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"]
}

# A nightly job with everything that a job can have.
module "job" {
  source = "../.."

  name        = "Stripe_Charges"
  tenant      = "acme"
  environment = "prod"
  cloud       = "azure"

  wheel           = "/Volumes/etl/prod/wheels/etl-1.4.0-py3-none-any.whl"
  entry_point     = "etl:run"
  args            = ["--job", "stripe_charges"]
  release         = "15.4.x-scala2.12"
  timeout_seconds = 7200
  max_retries     = 2
  queue           = false

  nodes = {
    instance_type = "Standard_D8ds_v5"
    autoscaling   = { min = 2, max = 8 }
    spot          = true
  }

  data_security_mode  = "SINGLE_USER"
  encrypt_local_disks = true
  image               = "example.azurecr.io/etl/spark:1.4.0"
  log_destination     = "/Volumes/etl/prod/logs/stripe_charges"
  photon              = true
  policy_id           = "0123456789ABCDEF"

  spark_conf = {
    "spark.sql.session.timeZone" = "UTC"
  }

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    DATABASE_URL   = "etl-prod/database-url"
    STRIPE_API_KEY = "etl-prod/stripe"
  }

  identity = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"

  permissions = {
    "data-engineers"                       = "CAN_MANAGE_RUN"
    "auditor@example.com"                  = "CAN_VIEW"
    "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4" = "IS_OWNER"
  }

  schedule = {
    expression = "0 30 2 * * ?"
    timezone   = "Europe/Berlin"
  }

  alerts = {
    channels    = local.channels
    run_seconds = 5400
  }

  job_tag_keys = keys(local.tags)
  tags         = local.tags
}

# An hourly file on a cluster that exists, paused for now.
module "on_existing_cluster" {
  source = "../.."

  name                = "exchange-rates"
  tenant              = "acme"
  environment         = "prod"
  cloud               = "azure"
  entry_point         = "/Workspace/Shared/etl/exchange_rates.py"
  args                = ["--currency", "EUR"]
  existing_cluster_id = "0923-164208-meows279"

  schedule = {
    expression = "0 0 * * * ?"
    enabled    = false
  }

  tags = local.tags
}

# Machines out of a pool.
module "from_pool" {
  source = "../.."

  name               = "fx-backfill"
  tenant             = "acme"
  environment        = "prod"
  cloud              = "azure"
  entry_point        = "/Workspace/Shared/etl/fx_backfill"
  args               = ["since=2026-01-01"]
  release            = "15.4.x-scala2.12"
  data_security_mode = "USER_ISOLATION"
  instance_pool_id   = "0727-104344-hauls13-pool-uftxk0r6"
  nodes              = { count = 4 }
  tags               = local.tags
}
