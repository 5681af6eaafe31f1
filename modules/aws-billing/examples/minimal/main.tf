provider "aws" {
  region = "us-east-1"
}

module "job" {
  source = "../.."

  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"

  budgets = {
    FIN-001 = {
      cost_center = "FIN-001"
      amount      = 1500
      alerts      = { emails = ["finops@acme.example"], thresholds = [80, 100] }
    }
  }

  tags = {
    CostCenter = "FIN-000"
    Owner      = "finops"
  }
}
