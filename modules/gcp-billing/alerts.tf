# Who hears of budgets: a channel for each address, besides those that exist, and topics.

locals {
  emails = toset(flatten([for budget in var.budgets : tolist(budget.alerts.emails)]))

  channels = {
    for key, budget in var.budgets : key => concat(
      [for email in budget.alerts.emails : google_monitoring_notification_channel.this[email].name],
      [for channel in budget.alerts.channels : channel if strcontains(channel, "/notificationChannels/")],
    )
  }

  topics = {
    for key, budget in var.budgets : key => one([
      for channel in budget.alerts.channels : channel if strcontains(channel, "/topics/")
    ])
  }
}

resource "google_monitoring_notification_channel" "this" {
  for_each = local.emails

  project      = var.project_id
  type         = "email"
  display_name = "${local.name} ${each.value}"
  labels       = { email_address = each.value }
  user_labels  = var.tags
}
