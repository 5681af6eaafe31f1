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

module "job" {
  source = "../.."

  name                = "stripe-customers"
  environment         = "dev"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "acme-data"
  tenant              = "acme"

  kubernetes_labels = {
    cost-center = "FIN-001"
    owner       = "data-engineering"
  }

  network = {
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme-platform/providers/Microsoft.Network/virtualNetworks/acme/subnets/jobs"
  }

  tags = {
    CostCenter = "FIN-001"
    Owner      = "data-engineering"
  }
}
