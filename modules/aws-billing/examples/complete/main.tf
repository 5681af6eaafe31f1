provider "aws" {
  region = "us-east-1"
}

module "job" {
  source = "../.."

  name                 = "billing"
  tenant               = "acme"
  environment          = "prod"
  cost_center_key      = "CostCenter"
  cost_allocation_tags = ["CostCenter", "Environment", "JobName", "TenantId"]
  cost_categories      = ["CostCenter", "Team"]
  currency             = "USD"
  start                = "2026-11-01"

  budgets = {
    FIN-001 = {
      cost_center = "FIN-001"
      amount      = 1500
      alerts = {
        channels   = ["arn:aws:sns:us-east-1:123456789012:finops"]
        emails     = ["finops@acme.example"]
        forecasts  = [100]
        thresholds = [50, 80, 100]
      }
    }

    "Sales & Marketing" = {
      cost_center = "Sales + Marketing"
      amount      = 9000.5
      period      = "quarterly"
      alerts      = { emails = ["finops@acme.example", "sales@acme.example"], forecasts = [100] }
    }
  }

  tags = {
    CostCenter = "FIN-000"
    Owner      = "finops"
  }
}
