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
      alerts = {
        channels   = ["/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg-finops/providers/Microsoft.Insights/actionGroups/finops"]
        emails     = ["finops@acme.example"]
        forecasts  = [100]
        thresholds = [50, 80, 100]
      }
    }

    "Sales & Marketing" = {
      cost_center = "Sales & Marketing"
      amount      = 9000.5
      period      = "quarterly"
      start       = "2026-10-01"
      alerts      = { emails = ["finops@acme.example", "sales@acme.example"], forecasts = [100] }
    }
  }

  tags = {
    CostCenter = "FIN-000"
    Owner      = "finops"
  }
}
