# Every resource that can be tagged has all tags. Paths covered:
# - all taggable resources of a job with everything
# - all taggable resources of a worker
# - the outputs that give the tags

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }

  tags = {
    CostCenter  = "FIN-001"
    Owner       = "payments@example.com"
    Regulations = "GDPR+PCI-DSS"
  }
}

run "everything_of_a_job_is_tagged" {
  variables {
    alerts           = { error_lines = 1, run_seconds = 1 }
    readable_secrets = ["arn:aws:ssm:eu-central-1:123456789012:parameter/prod/token"]
    schedule         = { expression = "rate(1 hour)" }
  }

  assert {
    condition = alltrue([for tags in concat(
      [
        aws_cloudwatch_log_group.executions["this"].tags,
        aws_cloudwatch_log_group.task.tags,
        aws_cloudwatch_metric_alarm.error_lines["this"].tags,
        aws_cloudwatch_metric_alarm.not_started["this"].tags,
        aws_cloudwatch_metric_alarm.slow["this"].tags,
        aws_ecs_cluster.this["this"].tags,
        aws_ecs_task_definition.this.tags,
        aws_iam_policy.execution.tags,
        aws_iam_policy.scheduler["this"].tags,
        aws_iam_policy.states["this"].tags,
        aws_iam_policy.task["this"].tags,
        aws_iam_role.execution.tags,
        aws_iam_role.scheduler["this"].tags,
        aws_iam_role.states["this"].tags,
        aws_iam_role.task["this"].tags,
        aws_scheduler_schedule_group.this["this"].tags,
        aws_security_group.this["this"].tags,
        aws_sfn_state_machine.this["this"].tags,
        aws_vpc_security_group_egress_rule.https["0.0.0.0/0"].tags,
      ],
      [for alarm in aws_cloudwatch_metric_alarm.runs : alarm.tags],
    ) : tags == var.tags])
    error_message = "Each resource of a job must have all tags."
  }
}

run "everything_of_a_worker_is_tagged" {
  variables {
    alerts  = {}
    workers = { min = 1, max = 1 }
  }

  assert {
    condition = alltrue([for tags in [
      aws_appautoscaling_target.this["this"].tags,
      aws_cloudwatch_log_group.task.tags,
      aws_cloudwatch_metric_alarm.workers["this"].tags,
      aws_ecs_cluster.this["this"].tags,
      aws_ecs_service.this["this"].tags,
      aws_ecs_task_definition.this.tags,
    ] : tags == var.tags])
    error_message = "Each resource of a worker must have all tags."
  }
}

run "outputs_give_the_tags" {
  assert {
    condition     = output.all_tags == var.tags && output.tags == var.tags && output.resource_tags == var.tags
    error_message = "The three outputs must give the tags unchanged."
  }
}

run "group_of_a_schedule_has_no_empty_tags" {
  command = plan

  variables {
    tags     = { Owner = "" }
    schedule = { expression = "rate(1 hour)" }
  }

  expect_failures = [var.tags]
}
