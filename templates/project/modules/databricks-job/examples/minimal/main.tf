provider "databricks" {
  host = "https://acme-dev.cloud.databricks.com"
}

module "job" {
  source = "../.."

  name        = "stripe-customers"
  tenant      = "acme"
  environment = "dev"
  cloud       = "aws"
  entry_point = "/Workspace/Shared/etl/stripe_customers"
  release     = "15.4.x-scala2.12"

  nodes = {
    instance_type = "m6i.xlarge"
  }

  tags = {
    CostCenter = "FIN-001"
  }
}
