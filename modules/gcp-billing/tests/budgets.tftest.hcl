# What may be spent, and who hears of it. Paths covered:
# - a budget for each cost centre: amount, period, filter by a label, alerts on what is spent and on what will be
# - whole units and billionths of money; neither is told where it is nothing
# - one channel for an address that several budgets tell, with all labels; channels and topics that exist
# - without any e-mail, whoever administers the billing account gets it
# - projects and currency; a cost centre with characters that a name cannot hold, one that is too long

mock_provider "google" {
  mock_resource "google_monitoring_notification_channel" {
    defaults = { name = "projects/acme-data-prod/notificationChannels/11" }
  }
}

variables {
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
      alerts      = { emails = ["finops@acme.example"], thresholds = [33.3, 80, 100], forecasts = [100] }
    }
  }
}

run "a_budget_counts_one_cost_centre" {
  assert {
    condition = (
      google_billing_budget.this["FIN-001"].display_name == "acme-prod-billing-FIN-001"
      && google_billing_budget.this["FIN-001"].billing_account == "01A2B3-C4D5E6-F7A8B9"
      && google_billing_budget.this["FIN-001"].amount[0].specified_amount[0].units == "1500"
      && google_billing_budget.this["FIN-001"].amount[0].specified_amount[0].nanos == null
      && google_billing_budget.this["FIN-001"].budget_filter[0].calendar_period == "MONTH"
    )
    error_message = "A budget must have the amount of its cost centre, by the month."
  }

  assert {
    condition     = google_billing_budget.this["FIN-001"].budget_filter[0].labels == tomap({ cost_center = "fin-001" }) && length(google_billing_budget.this["FIN-001"].budget_filter[0].projects) == 0
    error_message = "A budget must count what bears the cost centre as the value of the label, in all projects."
  }

  assert {
    condition     = [for one in google_billing_budget.this["FIN-001"].threshold_rules : "${one.spend_basis} ${one.threshold_percent}"] == ["CURRENT_SPEND 0.333", "CURRENT_SPEND 0.8", "CURRENT_SPEND 1", "FORECASTED_SPEND 1"]
    error_message = "Alerts must be raised on what is spent and on what will be."
  }

  assert {
    condition     = google_billing_budget.this["FIN-001"].all_updates_rule[0].monitoring_notification_channels == tolist([google_monitoring_notification_channel.this["finops@acme.example"].name]) && google_billing_budget.this["FIN-001"].all_updates_rule[0].disable_default_iam_recipients
    error_message = "The addresses must hear, and nobody else."
  }
}

run "names_and_money_hold_what_a_budget_takes" {
  variables {
    currency = "EUR"
    projects = ["123456789012"]

    budgets = {
      "Sales & Marketing: EU" = { cost_center = "sales_marketing_eu", amount = 99.5, period = "quarterly", alerts = { emails = ["finops@acme.example"], forecasts = [100] } }
      "a-cost-centre-whose-name-is-longer-than-it-may-be" = {
        cost_center = "a-cost-centre-whose-name-is-longer-than-it-may-be"
        amount      = 0.07
        period      = "annually"
        alerts      = { emails = ["finops@acme.example"], thresholds = [100] }
      }
    }
  }

  assert {
    condition     = google_billing_budget.this["Sales & Marketing: EU"].display_name == "acme-prod-billing-Sales-Marketing-${substr(sha256("Sales & Marketing: EU"), 0, 8)}"
    error_message = "A name that was changed must end in the hash of the cost centre."
  }

  assert {
    condition     = alltrue([for budget in google_billing_budget.this : length(budget.display_name) <= 60])
    error_message = "A budget's name must have at most 60 characters."
  }

  assert {
    condition = (
      google_billing_budget.this["Sales & Marketing: EU"].amount[0].specified_amount[0].units == "99"
      && google_billing_budget.this["Sales & Marketing: EU"].amount[0].specified_amount[0].nanos == 500000000
      && google_billing_budget.this["Sales & Marketing: EU"].amount[0].specified_amount[0].currency_code == "EUR"
      && google_billing_budget.this["Sales & Marketing: EU"].budget_filter[0].calendar_period == "QUARTER"
      && google_billing_budget.this["Sales & Marketing: EU"].budget_filter[0].projects == toset(["projects/123456789012"])
    )
    error_message = "Amount, currency, period and projects must be as they were given."
  }

  assert {
    condition = (
      google_billing_budget.this["a-cost-centre-whose-name-is-longer-than-it-may-be"].amount[0].specified_amount[0].units == null
      && google_billing_budget.this["a-cost-centre-whose-name-is-longer-than-it-may-be"].amount[0].specified_amount[0].nanos == 70000000
      && google_billing_budget.this["a-cost-centre-whose-name-is-longer-than-it-may-be"].budget_filter[0].calendar_period == "YEAR"
    )
    error_message = "Money below one unit must be billionths alone."
  }
}

run "those_hear_who_are_named" {
  variables {
    tags = { cost_center = "fin-000", owner = "finops" }

    budgets = {
      a = { cost_center = "a", amount = 1, alerts = { emails = ["finops@acme.example", "a@acme.example"], thresholds = [80] } }
      b = { cost_center = "b", amount = 1, alerts = { emails = ["finops@acme.example"], channels = ["projects/acme/notificationChannels/12", "projects/acme/topics/budgets"], thresholds = [80] } }
      c = { cost_center = "c", amount = 1, alerts = { channels = ["projects/acme/topics/budgets"], thresholds = [80] } }
    }
  }

  assert {
    condition     = toset(keys(google_monitoring_notification_channel.this)) == toset(["a@acme.example", "finops@acme.example"])
    error_message = "An address must have one channel, however many budgets tell it."
  }

  assert {
    condition = alltrue([
      for email, channel in google_monitoring_notification_channel.this :
      channel.type == "email" && channel.labels == tomap({ email_address = email }) && channel.project == "acme-data-prod"
      && channel.user_labels == tomap({ cost_center = "fin-000", owner = "finops" })
    ])
    error_message = "A channel must tell its address, and have all labels."
  }

  assert {
    condition = (
      google_billing_budget.this["b"].all_updates_rule[0].monitoring_notification_channels == tolist([google_monitoring_notification_channel.this["finops@acme.example"].name, "projects/acme/notificationChannels/12"])
      && google_billing_budget.this["b"].all_updates_rule[0].pubsub_topic == "projects/acme/topics/budgets"
    )
    error_message = "Channels and topics that exist must hear, too."
  }

  assert {
    condition     = !google_billing_budget.this["c"].all_updates_rule[0].disable_default_iam_recipients && length(google_billing_budget.this["c"].all_updates_rule[0].monitoring_notification_channels) == 0
    error_message = "Without any e-mail, those who administer the billing account must get it: the API asks for it."
  }
}
