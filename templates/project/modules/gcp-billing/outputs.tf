output "all_tags" {
  description = "Labels that the module puts on every resource that can be labelled."
  value       = var.tags
}

output "budget_ids" {
  description = "Full names of the budgets, by cost centre."
  value       = { for key, budget in google_billing_budget.this : key => budget.id }
}

output "cluster_name" {
  description = "Always null: nothing runs here."
  value       = null
}

output "endpoint_url" {
  description = "Always null: nothing can be called here."
  value       = null
}

output "id" {
  description = "Id of the budgets together: the same as name."
  value       = local.name
}

output "name" {
  description = "Name that the budgets begin with."
  value       = local.name
}

output "notification_channels" {
  description = "Full names of the notification channels, by their addresses."
  value       = { for email, channel in google_monitoring_notification_channel.this : email => channel.name }
}

output "service_name" {
  description = "The same as name."
  value       = local.name
}
