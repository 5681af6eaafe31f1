# Every resource that can be tagged has all tags. Paths covered:
# - all taggable resources of a job with everything
# - the outputs that give the tags

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "everything_is_tagged" {
  variables {
    alerts   = { error_lines = 1, run_seconds = 1 }
    network  = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"] }
    schedule = { expression = "rate(1 hour)" }

    tags = {
      CostCenter  = "FIN-001"
      Owner       = "payments@example.com"
      Regulations = "GDPR+PCI-DSS"
    }
  }

  assert {
    condition = alltrue([for tags in concat(
      [
        aws_cloudwatch_log_group.this.tags,
        aws_cloudwatch_metric_alarm.dead_letters["this"].tags,
        aws_cloudwatch_metric_alarm.error_lines["this"].tags,
        aws_cloudwatch_metric_alarm.not_started["this"].tags,
        aws_iam_policy.execution["this"].tags,
        aws_iam_policy.scheduler["this"].tags,
        aws_iam_role.execution["this"].tags,
        aws_iam_role.scheduler["this"].tags,
        aws_kms_key.this["this"].tags,
        aws_lambda_function.this.tags,
        aws_scheduler_schedule_group.this["this"].tags,
        aws_security_group.this["this"].tags,
        aws_sqs_queue.dead_letters.tags,
        aws_vpc_security_group_egress_rule.https["0.0.0.0/0"].tags,
      ],
      [for alarm in aws_cloudwatch_metric_alarm.runs : alarm.tags],
    ) : tags == var.tags])
    error_message = "Each resource of a job must have all tags."
  }

  assert {
    condition     = output.all_tags == var.tags && output.resource_tags == var.tags && output.tags == var.tags
    error_message = "The outputs must give the tags."
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
