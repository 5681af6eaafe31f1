output "budget_ids" {
  description = "The budgets, by cost centre."
  value       = module.job.budget_ids
}
