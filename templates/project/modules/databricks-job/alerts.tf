locals {
  channels = sort(try(var.alerts.channels, []))

  # An e-mail address has an @; anything else is the id of a notification destination: Slack, PagerDuty, a webhook.
  addresses    = [for channel in local.channels : channel if strcontains(channel, "@")]
  destinations = [for channel in local.channels : channel if !strcontains(channel, "@")]
  run_seconds  = try(var.alerts.run_seconds, null)
}
