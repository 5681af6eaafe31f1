output "airflow_lambda_config" {
  description = "Arguments of Airflow's LambdaInvokeFunctionOperator (airflow.providers.amazon.aws.operators.lambda_function) that run the function and wait for its end."
  value = {
    function_name   = aws_lambda_function.this.function_name
    qualifier       = "$LATEST"
    invocation_type = "RequestResponse"
    region_name     = local.region
    # The call lasts as long as the run; a second one must not start because the first is slow.
    botocore_config = {
      connect_timeout = 10
      read_timeout    = var.timeout_seconds + 10
      tcp_keepalive   = true
      retries         = { total_max_attempts = 1 }
    }
  }
}

output "alarm_arns" {
  description = "ARNs of the alarms, by what they watch."
  value = merge(
    { for end, alarm in aws_cloudwatch_metric_alarm.runs : end => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.dead_letters : "dead-letters" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.error_lines : "error-lines" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.not_started : "not-started" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.few_records : "few-records" => alarm.arn },
    { for rate, alarm in aws_cloudwatch_metric_alarm.rates : rate => alarm.arn },
  )
}

output "all_tags" {
  description = "Tags that the module puts on every resource that can be tagged."
  value       = var.tags
}

output "cluster_name" {
  description = "Always null: Lambda has no clusters."
  value       = null
}

output "dagster_lambda_config" {
  description = "What Dagster's PipesLambdaClient (dagster_aws.pipes) needs: function_name for its run method, region_name and the timeout of the boto3 client that it is given."
  value = {
    function_name        = aws_lambda_function.this.function_name
    region_name          = local.region
    read_timeout_seconds = var.timeout_seconds + 10
  }
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue of failed runs and lost starts."
  value       = aws_sqs_queue.dead_letters.arn
}

output "dead_letter_queue_url" {
  description = "Address of the queue of failed runs and lost starts."
  value       = aws_sqs_queue.dead_letters.url
}

output "endpoint_url" {
  description = "Address of the Lambda API that starts a run: a signed POST, with the header X-Amz-Invocation-Type: Event so as not to wait for its end."
  value       = "https://lambda.${local.region}.${local.dns_suffix}/2015-03-31/functions/${aws_lambda_function.this.function_name}/invocations"
}

output "execution_role_arn" {
  description = "ARN of the role that Lambda and the code have."
  value       = local.role_arn
}

output "function_arn" {
  description = "The same as id."
  value       = aws_lambda_function.this.arn
}

output "function_name" {
  description = "The same as service_name."
  value       = aws_lambda_function.this.function_name
}

output "id" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "invoke_command" {
  description = "Command of the AWS CLI that starts a run and does not wait for its end."
  value       = "aws lambda invoke --region ${local.region} --function-name ${aws_lambda_function.this.function_name} --invocation-type Event /dev/null"
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts environment variables and dead letters: the one given, or the one made."
  value       = local.key_arn
}

output "log_group_name" {
  description = "Name of the log group that the function writes to."
  value       = aws_cloudwatch_log_group.this.name
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
  description = "Id of the security group that the module made; null where the caller gave groups or no network."
  value       = one([for group in aws_security_group.this : group.id])
}

output "security_group_ids" {
  description = "Ids of the security groups that the function is in."
  value       = local.security_group_ids
}

output "service_name" {
  description = "Name of what runs the job: the function."
  value       = aws_lambda_function.this.function_name
}

output "tags" {
  description = "The same as all_tags."
  value       = var.tags
}
