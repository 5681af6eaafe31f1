# The subscription comes from ARM_SUBSCRIPTION_ID.
provider "azurerm" {
  features {}
}

# The cluster that this root makes, reached with the caller's own Entra identity.
provider "kubernetes" {
  host                   = module.job.kubernetes_host
  cluster_ca_certificate = module.job.kubernetes_ca_certificate

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "kubelogin"
    args        = ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"]
  }
}

locals {
  # What exists already.
  platform = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme-platform/providers"
  vault_id = "${local.platform}/Microsoft.KeyVault/vaults/acme-vault"
  blobs    = "${local.platform}/Microsoft.Storage/storageAccounts/acmedatalake/blobServices/default/containers"
}

module "job" {
  source = "../.."

  name                   = "stripe-customers"
  admin_group_object_ids = ["00000000-0000-0000-0000-0000000000a1"]
  args                   = ["run", "--config", "/app/jobs/stripe.yaml"]
  command                = ["python", "-m", "etl"]
  container_registry_id  = "${local.platform}/Microsoft.ContainerRegistry/registries/acme"
  cpu                    = 2
  create_resource_group  = true
  environment            = "prod"
  ephemeral_storage_mib  = 20480
  image                  = "acme.azurecr.io/etl:1.4.0"
  key_vault_ids          = { acme-vault = local.vault_id }
  kms_key_id             = "${local.vault_id}/keys/customer-data"
  location               = "westeurope"
  log_retention_days     = 90
  max_retries            = 2
  memory_mib             = 8192
  namespace              = "stripe"
  outbound_type          = "userDefinedRouting"
  parallelism            = 2
  private_dns_zone_id    = "${local.platform}/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
  readable_secrets       = ["${local.vault_id}/secrets/iceberg-catalog"]
  release                = "1.35"
  resource_group_name    = "acme-stripe-prod"
  tenant                 = "acme"
  timeout_seconds        = 7200
  zones                  = ["1", "2", "3"]

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

  annotations = {
    "acme.example/runbook" = "https://wiki.acme.example/stripe"
  }

  environment_variables = {
    LOG_LEVEL = "info"
  }

  kubernetes_labels = {
    cost-center = "FIN-001"
    environment = "prod"
    owner       = "data-engineering"
    tenant      = "acme"
  }

  labels = {
    "acme.example/tier" = "gold"
  }

  maintenance_window = {
    day            = "Saturday"
    start_time     = "10:00"
    duration_hours = 6
  }

  network = {
    subnet_id = "${local.platform}/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
    private   = true
  }

  network_policy = {
    egress_ports = [443, 5432]
  }

  nodes = {
    instance_type = "Standard_D8s_v5"
    autoscaling   = { min = 0, max = 6 }
    disk_gib      = 256
    spot          = true
  }

  schedule = {
    expression = "0 2 * * *"
    timezone   = "Europe/Berlin"
  }

  secrets = {
    STRIPE_API_KEY = "stripe/api-key"
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

  system_nodes = {
    instance_type = "Standard_D4s_v5"
    count         = 3
  }

  tags = {
    CostCenter  = "FIN-001"
    Environment = "prod"
    Owner       = "data-engineering"
    Tenant      = "acme"
  }
}
