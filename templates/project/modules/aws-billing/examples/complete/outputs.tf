output "budget_arns" {
  description = "The budgets, by cost centre."
  value       = module.job.budget_arns
}
