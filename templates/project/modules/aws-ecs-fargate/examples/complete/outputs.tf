output "alarm_arns" {
  description = "The alarms of the job."
  value       = module.job.alarm_arns
}

output "dagster_ecs_config" {
  description = "What Dagster's EcsRunLauncher takes to start runs of the job."
  value       = module.job.dagster_ecs_config
}

output "job_id" {
  description = "The state machine that runs the job."
  value       = module.job.id
}

output "worker_id" {
  description = "The ECS service that runs the worker."
  value       = module.worker.id
}
