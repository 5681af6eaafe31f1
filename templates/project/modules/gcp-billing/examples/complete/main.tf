provider "google" {
  project               = "acme-data-prod"
  billing_project       = "acme-data-prod"
  user_project_override = true
}

module "job" {
  source = "../.."

  billing_account = "01A2B3-C4D5E6-F7A8B9"
  project_id      = "acme-data-prod"
  name            = "billing"
  tenant          = "acme"
  environment     = "prod"
  cost_center_key = "cost_center"
  currency        = "EUR"
  projects        = ["123456789012", "210987654321"]

  budgets = {
    FIN-001 = {
      cost_center = "fin-001"
      amount      = 1500
      alerts = {
        channels   = ["projects/acme-data-prod/notificationChannels/1234567890", "projects/acme-data-prod/topics/budgets"]
        emails     = ["finops@acme.example"]
        forecasts  = [100]
        thresholds = [50, 80, 100]
      }
    }

    "Sales & Marketing" = {
      cost_center = "sales_marketing"
      amount      = 9000.5
      period      = "quarterly"
      alerts      = { emails = ["finops@acme.example", "sales@acme.example"], forecasts = [100] }
    }
  }

  tags = {
    cost_center = "fin-000"
    owner       = "finops"
  }
}
