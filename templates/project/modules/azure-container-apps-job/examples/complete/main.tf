# The subscription comes from ARM_SUBSCRIPTION_ID.
provider "azurerm" {
  features {}
}

locals {
  # What exists already.
  platform = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme-platform/providers"
  vault_id = "${local.platform}/Microsoft.KeyVault/vaults/acme-vault"
  blobs    = "${local.platform}/Microsoft.Storage/storageAccounts/acmedatalake/blobServices/default/containers"
}

module "job" {
  source = "../.."

  name                  = "stripe-customers"
  args                  = ["run", "--config", "/app/jobs/stripe.yaml"]
  command               = ["python", "-m", "etl"]
  container_registry_id = "${local.platform}/Microsoft.ContainerRegistry/registries/acme"
  cpu                   = 0.5
  create_resource_group = true
  environment           = "prod"
  image                 = "acme.azurecr.io/etl:1.4.0"
  kms_key_id            = "${local.vault_id}/keys/customer-data"
  location              = "westeurope"
  log_retention_days    = 90
  max_retries           = 2
  memory_mib            = 1024
  parallelism           = 2
  readable_secrets      = ["${local.vault_id}/secrets/iceberg-catalog"]
  resource_group_name   = "acme-stripe-prod"
  tenant                = "acme"
  timeout_seconds       = 7200

  alerts = {
    channels              = ["${local.platform}/Microsoft.Insights/actionGroups/data-on-call"]
    failed_runs           = 1
    error_lines           = 20
    run_seconds           = 5400
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }

  environment_variables = {
    LOG_LEVEL = "info"
  }

  key_vault_ids = {
    acme-vault = local.vault_id
  }

  network = {
    subnet_id = "${local.platform}/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
    private   = true
  }

  schedule = {
    expression = "0 2 * * *"
    timezone   = "UTC"
  }

  secrets = {
    STRIPE_API_KEY = "https://acme-vault.vault.azure.net/secrets/stripe-api-key"
  }

  storage = {
    container_id       = "${local.blobs}/lake"
    prefix             = "raw/stripe"
    allow_delete       = false
    state_container_id = "${local.blobs}/state"
    state_prefix       = "stripe"
    targets            = [{ container_id = "${local.blobs}/out", prefix = "stripe" }]
  }

  access = [
    { resource = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/bus/providers/Microsoft.ServiceBus/namespaces/acme/queues/orders", role = "Azure Service Bus Data Receiver" },
  ]

  tags = {
    CostCenter  = "FIN-001"
    Environment = "prod"
    Owner       = "data-engineering"
    Tenant      = "acme"
  }
}
