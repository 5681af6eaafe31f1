provider "aws" {
  region = "us-east-1"
}

module "job" {
  source = "../.."

  name        = "orders-history"
  tenant      = "acme"
  environment = "dev"
  entry_point = "s3://acme-etl-code/orders/history.py"

  network = {
    vpc_id     = "vpc-0123456789abcdef0"
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }

  tags = {
    CostCenter = "FIN-001"
    Owner      = "data-engineering"
  }
}
