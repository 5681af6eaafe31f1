locals {
  # Keys of the groups of tags, whatever style they are written in: dativo:cost-center is a cost center too.
  tag_groups = {
    for group, keys in {
      classification = ["accesscontrol", "classification", "classifiedfields", "compliance", "dataclassification", "encryptionrequired", "regulations", "retentiondays", "userconsentrequired"]
      finops         = ["businesstags", "businessunit", "costcenter", "finopsenvironment", "finopsowner", "project", "team"]
      } : group => {
      for key, value in var.tags : key => value if contains(keys, replace(trimprefix(lower(key), "dativo:"), "/[^a-z0-9]/", ""))
    }
  }
}

output "airflow_emr_config" {
  description = "Arguments of Airflow's EmrAddStepsOperator (airflow.providers.amazon.aws.operators.emr) that run the job as a step. Runs started so have no timeout and no retries from the state machine."
  value = {
    job_flow_id = local.cluster_id
    region_name = local.region
    steps       = [local.step]
  }
}

output "alarm_arns" {
  description = "ARNs of the alarms, by what they watch."
  value = merge(
    { for end, alarm in aws_cloudwatch_metric_alarm.runs : end => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.not_started : "not-started" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.slow : "slow" => alarm.arn },
    { for rate, alarm in aws_cloudwatch_metric_alarm.rates : rate => alarm.arn },
  )
}

output "all_tags" {
  description = "Tags that the module puts on every resource that can be tagged."
  value       = var.tags
}

output "applied_tags" {
  description = "The same as all_tags."
  value       = var.tags
}

output "classification_tags" {
  description = "Those of the tags that tell how the data is classified."
  value       = local.tag_groups.classification
}

output "cluster_arn" {
  description = "ARN of the cluster that steps run on."
  value       = local.cluster_arn
}

output "cluster_id" {
  description = "Id of the cluster that steps run on, j-..."
  value       = local.cluster_id
}

output "cluster_name" {
  description = "Name of the cluster that the module made; null for an existing one, which is known by its id."
  value       = one([for cluster in aws_emr_cluster.this : cluster.name])
}

output "emr_cluster_arn" {
  description = "The same as cluster_arn."
  value       = local.cluster_arn
}

output "emr_cluster_id" {
  description = "The same as cluster_id."
  value       = local.cluster_id
}

output "emr_log_bucket" {
  description = "Name of the bucket with the logs of nodes and steps; null for an existing cluster, which has its own."
  value       = one([for bucket in aws_s3_bucket.logs : bucket.bucket])
}

output "emr_master_public_dns" {
  description = "Name of the primary node in DNS, a private one in private subnets; null for an existing cluster."
  value       = one([for cluster in aws_emr_cluster.this : cluster.master_public_dns])
}

output "endpoint_url" {
  description = "Address of the Step Functions API whose StartExecution action, with state_machine_arn, starts a run."
  value       = "https://states.${local.region}.${local.dns_suffix}/"
}

output "finops_tags" {
  description = "Those of the tags that tell who pays."
  value       = local.tag_groups.finops
}

output "id" {
  description = "ARN of what runs the job: the state machine."
  value       = aws_sfn_state_machine.this.arn
}

output "instance_role_arn" {
  description = "ARN of the role that the code on the nodes has; null for an existing cluster."
  value       = length(local.own_cluster) == 1 ? local.instance_role_arn : null
}

output "invoke_command" {
  description = "Command of the AWS CLI that starts a run."
  value       = "aws stepfunctions start-execution --region ${local.region} --state-machine-arn ${aws_sfn_state_machine.this.arn}"
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts the disks and logs of the cluster; null for an existing cluster."
  value       = local.key_arn
}

output "log_group_name" {
  description = "Name of the log group that says why a run failed."
  value       = aws_cloudwatch_log_group.executions.name
}

output "name" {
  description = "Name that the resources have, or begin with."
  value       = local.name
}

output "schedule_arn" {
  description = "ARN of the schedule; null without one."
  value       = one([for schedule in aws_scheduler_schedule.this : schedule.arn])
}

output "security_group_ids" {
  description = "Ids of the security groups that the module made, by whom they are for: core, primary, service; empty for an existing cluster."
  value = merge(
    { for kind, group in aws_security_group.nodes : kind => group.id },
    { for group in aws_security_group.service : "service" => group.id },
  )
}

output "service_name" {
  description = "Name of what runs the job: the state machine."
  value       = aws_sfn_state_machine.this.name
}

output "state_machine_arn" {
  description = "The same as id."
  value       = aws_sfn_state_machine.this.arn
}
