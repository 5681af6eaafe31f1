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

  budgets = {
    FIN-001 = {
      cost_center = "fin-001"
      amount      = 1500
      alerts      = { emails = ["finops@acme.example"], thresholds = [80, 100] }
    }
  }

  tags = {
    cost_center = "fin-000"
    owner       = "finops"
  }
}
