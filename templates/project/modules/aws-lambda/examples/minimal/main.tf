provider "aws" {
  region = "us-east-1"
}

module "job" {
  source = "../.."

  name        = "exchange-rates"
  tenant      = "acme"
  environment = "dev"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1.4.0"

  tags = {
    CostCenter = "FIN-001"
    Owner      = "data-engineering"
  }
}
