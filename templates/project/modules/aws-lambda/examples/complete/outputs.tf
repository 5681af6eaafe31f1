output "airflow_lambda_config" {
  description = "What Airflow's LambdaInvokeFunctionOperator takes to run the job."
  value       = module.job.airflow_lambda_config
}

output "alarm_arns" {
  description = "The alarms of the job."
  value       = module.job.alarm_arns
}

output "dead_letter_queue_url" {
  description = "Where failed runs wait."
  value       = module.job.dead_letter_queue_url
}
