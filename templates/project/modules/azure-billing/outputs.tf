output "all_tags" {
  description = "The tags as they were given: a budget of Azure cannot be tagged."
  value       = var.tags
}

output "budget_ids" {
  description = "Ids of the budgets, by cost centre."
  value       = { for key, budget in azurerm_consumption_budget_subscription.this : key => budget.id }
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

output "service_name" {
  description = "The same as name."
  value       = local.name
}
