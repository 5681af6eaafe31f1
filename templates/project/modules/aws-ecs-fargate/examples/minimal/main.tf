provider "aws" {
  region = "us-east-1"
}

module "job" {
  source = "../.."

  name        = "stripe-customers"
  tenant      = "acme"
  environment = "dev"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1.4.0"

  network = {
    vpc_id     = "vpc-0123456789abcdef0"
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }

  tags = {
    CostCenter = "FIN-001"
    Owner      = "data-engineering"
  }
}
