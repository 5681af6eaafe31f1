output "airflow_emr_config" {
  description = "What Airflow's EmrAddStepsOperator takes to start the reports."
  value       = module.as_existing_role.airflow_emr_config
}

output "alarm_arns" {
  description = "The alarms of the job."
  value       = module.job.alarm_arns
}

output "cluster_id" {
  description = "The cluster that the job runs on."
  value       = module.job.cluster_id
}

output "job_id" {
  description = "The state machine that runs the job."
  value       = module.job.id
}

output "log_bucket" {
  description = "Where nodes and steps log to."
  value       = module.job.emr_log_bucket
}
