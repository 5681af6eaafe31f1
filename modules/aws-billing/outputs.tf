output "all_tags" {
  description = "Tags that the module puts on every resource that can be tagged."
  value       = var.tags
}

output "budget_arns" {
  description = "ARNs of the budgets, by cost centre."
  value       = { for key, budget in aws_budgets_budget.this : key => budget.arn }
}

output "cluster_name" {
  description = "Always null: nothing runs here."
  value       = null
}

output "cost_category_arns" {
  description = "ARNs of the cost categories, by the key of their tag."
  value       = { for key, category in aws_ce_cost_category.this : key => category.arn }
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
