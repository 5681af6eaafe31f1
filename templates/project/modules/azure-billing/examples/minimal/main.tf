provider "azurerm" {
  subscription_id = "00000000-0000-4000-8000-0000000000a1"

  features {}
}

module "job" {
  source = "../.."

  subscription_id = "00000000-0000-4000-8000-0000000000a1"
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "CostCenter"

  budgets = {
    FIN-001 = {
      cost_center = "FIN-001"
      amount      = 1500
      start       = "2026-11-01"
      alerts      = { emails = ["finops@acme.example"], thresholds = [80, 100] }
    }
  }

  tags = {
    CostCenter = "FIN-000"
    Owner      = "finops"
  }
}
