# The subscription comes from ARM_SUBSCRIPTION_ID.
provider "azurerm" {
  features {}
}

module "job" {
  source = "../.."

  name                = "stripe-customers"
  environment         = "dev"
  image               = "ghcr.io/acme/etl:1.4.0"
  location            = "westeurope"
  resource_group_name = "acme-data"
  tenant              = "acme"

  tags = {
    CostCenter = "FIN-001"
    Owner      = "data-engineering"
  }
}
