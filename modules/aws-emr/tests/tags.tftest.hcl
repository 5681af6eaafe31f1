# Every resource that can be tagged has all tags. Paths covered:
# - all taggable resources of a job with everything on a cluster of its own
# - all taggable resources of a job on an existing cluster
# - the outputs that give the tags, and those of one group

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }

  tags = {
    Classification = "PII"
    CostCenter     = "FIN-001"
    Owner          = "payments@example.com"
    Regulations    = "GDPR+PCI-DSS"
  }
}

run "everything_on_a_cluster_of_its_own_is_tagged" {
  variables {
    alerts   = { run_seconds = 1 }
    schedule = { expression = "rate(1 hour)" }
  }

  assert {
    condition = alltrue([for tags in concat(
      [
        aws_cloudwatch_log_group.executions.tags,
        aws_cloudwatch_metric_alarm.not_started["this"].tags,
        aws_cloudwatch_metric_alarm.slow["this"].tags,
        aws_emr_cluster.this["this"].tags,
        aws_iam_instance_profile.this["this"].tags,
        aws_iam_policy.instance["this"].tags,
        aws_iam_policy.scheduler["this"].tags,
        aws_iam_policy.service["this"].tags,
        aws_iam_policy.states.tags,
        aws_iam_role.instance["this"].tags,
        aws_iam_role.scheduler["this"].tags,
        aws_iam_role.service["this"].tags,
        aws_iam_role.states.tags,
        aws_kms_key.this["this"].tags,
        aws_s3_bucket.logs["this"].tags,
        aws_scheduler_schedule_group.this["this"].tags,
        aws_security_group.service["this"].tags,
        aws_sfn_state_machine.this.tags,
        aws_vpc_security_group_egress_rule.to_service["this"].tags,
        aws_vpc_security_group_ingress_rule.service["this"].tags,
      ],
      [for alarm in aws_cloudwatch_metric_alarm.runs : alarm.tags],
      [for group in aws_security_group.nodes : group.tags],
      [for rule in aws_vpc_security_group_egress_rule.https : rule.tags],
      [for rule in aws_vpc_security_group_egress_rule.nodes : rule.tags],
      [for rule in aws_vpc_security_group_egress_rule.service : rule.tags],
      [for rule in aws_vpc_security_group_ingress_rule.from_service : rule.tags],
      [for rule in aws_vpc_security_group_ingress_rule.nodes : rule.tags],
    ) : tags == var.tags])
    error_message = "Each resource must have all tags."
  }
}

run "everything_on_an_existing_cluster_is_tagged" {
  variables {
    cluster_id = "j-2AXXXXXXGAPLF"
    network    = null
  }

  assert {
    condition = alltrue([for tags in [
      aws_cloudwatch_log_group.executions.tags,
      aws_iam_policy.states.tags,
      aws_iam_role.states.tags,
      aws_sfn_state_machine.this.tags,
    ] : tags == var.tags])
    error_message = "Each resource must have all tags."
  }
}

run "outputs_give_the_tags" {
  assert {
    condition     = output.all_tags == var.tags && output.applied_tags == var.tags
    error_message = "The outputs must give the tags unchanged."
  }
}

run "outputs_give_the_tags_of_a_group" {
  assert {
    condition     = output.classification_tags == { Classification = "PII", Regulations = "GDPR+PCI-DSS" }
    error_message = "The tags that tell how data is classified must be given."
  }

  assert {
    condition     = output.finops_tags == { CostCenter = "FIN-001" }
    error_message = "The tags that tell who pays must be given."
  }
}

run "groups_are_found_in_every_style" {
  variables {
    tags = { "dativo:cost-center" = "a", "dativo:classification" = "b", business_tags = "c", retention_days = "30", Project2 = "no" }
  }

  assert {
    condition     = output.finops_tags == { "dativo:cost-center" = "a", business_tags = "c" } && output.classification_tags == { "dativo:classification" = "b", retention_days = "30" }
    error_message = "Keys with a prefix, and those with underscores, belong to their groups too."
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
