output "airflow_ecs_config" {
  description = "Arguments of Airflow's EcsRunTaskOperator that start a run as this task. Runs started so have no timeout and no retries from the state machine."
  value = {
    awslogs_group         = aws_cloudwatch_log_group.task.name
    awslogs_region        = local.region
    awslogs_stream_prefix = local.container.logConfiguration.options["awslogs-stream-prefix"]
    cluster               = local.cluster_arn
    container_name        = local.container_name
    launch_type           = "FARGATE"
    network_configuration = local.network_configuration
    propagate_tags        = "TASK_DEFINITION"
    region_name           = local.region
    # The family means its newest revision: a run finds one, too, when an apply came in between.
    task_definition = aws_ecs_task_definition.this.family
  }
}

output "alarm_arns" {
  description = "ARNs of the alarms, by what they watch."
  value = merge(
    { for end, alarm in aws_cloudwatch_metric_alarm.runs : end => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.not_started : "not-started" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.slow : "slow" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.error_lines : "error-lines" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.workers : "workers" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.few_records : "few-records" => alarm.arn },
    { for rate, alarm in aws_cloudwatch_metric_alarm.rates : rate => alarm.arn },
  )
}

output "all_tags" {
  description = "Tags that the module puts on every resource that can be tagged."
  value       = var.tags
}

output "cluster_arn" {
  description = "ARN of the ECS cluster that tasks run in."
  value       = local.cluster_arn
}

output "cluster_name" {
  description = "Name of the ECS cluster that tasks run in."
  value       = local.cluster_name
}

output "container_name" {
  description = "Name of the container in the task definition, which overrides at the start of a task go by."
  value       = local.container_name
}

output "dagster_ecs_config" {
  description = "Settings of Dagster's EcsRunLauncher (dagster_aws.ecs) that start runs as this task. Runs started so have no timeout and no retries from the state machine."
  value = {
    # The family means its newest revision: a run finds one, too, when an apply came in between.
    task_definition             = aws_ecs_task_definition.this.family
    container_name              = local.container_name
    use_current_ecs_task_config = false
    run_resources = {
      cpu    = aws_ecs_task_definition.this.cpu
      memory = aws_ecs_task_definition.this.memory
    }
    run_task_kwargs = {
      cluster              = local.cluster_arn
      launchType           = "FARGATE"
      propagateTags        = "TASK_DEFINITION"
      enableECSManagedTags = true
      networkConfiguration = local.network_configuration
    }
  }
}

output "ecs_cluster_arn" {
  description = "The same as cluster_arn."
  value       = local.cluster_arn
}

output "ecs_task_definition_arn" {
  description = "The same as task_definition_arn."
  value       = aws_ecs_task_definition.this.arn
}

output "ecs_task_execution_role_arn" {
  description = "The same as execution_role_arn."
  value       = aws_iam_role.execution.arn
}

output "ecs_task_role_arn" {
  description = "The same as task_role_arn."
  value       = local.task_role_arn
}

output "endpoint_url" {
  description = "Address of the Step Functions API whose StartExecution action, with state_machine_arn, starts a run; null for workers."
  value       = local.is_job ? "https://states.${local.region}.${data.aws_partition.current.dns_suffix}/" : null
}

output "execution_role_arn" {
  description = "ARN of the role with which ECS pulls the image, writes logs and fetches secrets."
  value       = aws_iam_role.execution.arn
}

output "id" {
  description = "ARN of what runs the container: the state machine, or the ECS service for workers."
  value = one(concat(
    [for machine in aws_sfn_state_machine.this : machine.arn],
    [for service in aws_ecs_service.this : service.id],
  ))
}

output "invoke_command" {
  description = "Command of the AWS CLI that starts a run; null for workers."
  value       = local.is_job ? "aws stepfunctions start-execution --region ${local.region} --state-machine-arn ${local.state_machine_arn}" : null
}

output "log_group_name" {
  description = "Name of the log group that tasks write to."
  value       = aws_cloudwatch_log_group.task.name
}

output "name" {
  description = "Name that the resources have, or begin with."
  value       = local.name
}

output "resource_tags" {
  description = "The same as all_tags."
  value       = var.tags
}

output "schedule_arn" {
  description = "ARN of the schedule; null without one."
  value       = one([for schedule in aws_scheduler_schedule.this : schedule.arn])
}

output "security_group_id" {
  description = "Id of the security group that the module made; null where the caller gave groups."
  value       = one([for group in aws_security_group.this : group.id])
}

output "security_group_ids" {
  description = "Ids of the security groups that tasks are in."
  value       = local.security_group_ids
}

output "service_arn" {
  description = "ARN of the ECS service; null for a job."
  value       = one([for service in aws_ecs_service.this : service.id])
}

output "service_name" {
  description = "Name of what runs the container: the state machine, or the ECS service for workers."
  value = one(concat(
    [for machine in aws_sfn_state_machine.this : machine.name],
    [for service in aws_ecs_service.this : service.name],
  ))
}

output "state_machine_arn" {
  description = "ARN of the state machine; null for workers."
  value       = one([for machine in aws_sfn_state_machine.this : machine.arn])
}

output "tags" {
  description = "The same as all_tags."
  value       = var.tags
}

output "task_definition_arn" {
  description = "ARN of the task definition, with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "task_definition_family" {
  description = "Family of the task definition."
  value       = aws_ecs_task_definition.this.family
}

output "task_execution_role_arn" {
  description = "The same as execution_role_arn."
  value       = aws_iam_role.execution.arn
}

output "task_role_arn" {
  description = "ARN of the role that the code in the container has."
  value       = local.task_role_arn
}
