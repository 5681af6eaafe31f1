# Workers instead of a job. Paths covered:
# - an ECS service and autoscaling, and nothing of the job
# - tags on tasks, private network, rollback
# - the alarm on missing workers, on an own and an existing cluster
# - outputs

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

  workers = { min = 2, max = 5 }
}

run "worker_has_a_service_and_no_state_machine" {
  assert {
    condition     = length(aws_ecs_service.this) == 1 && length(aws_sfn_state_machine.this) + length(aws_iam_role.states) + length(aws_iam_policy.states) + length(aws_cloudwatch_log_group.executions) + length(aws_scheduler_schedule.this) == 0
    error_message = "A worker must have a service in place of the state machine, its role and its log."
  }
}

run "service_keeps_the_number_between_min_and_max" {
  assert {
    condition     = aws_ecs_service.this["this"].desired_count == 2 && aws_appautoscaling_target.this["this"].min_capacity == 2 && aws_appautoscaling_target.this["this"].max_capacity == 5
    error_message = "The service must start with min workers and scale between min and max."
  }

  assert {
    condition     = aws_appautoscaling_target.this["this"].resource_id == "service/acme-prod-orders/acme-prod-orders" && aws_appautoscaling_policy.cpu["this"].policy_type == "TargetTrackingScaling"
    error_message = "Autoscaling must be that of this service."
  }
}

run "service_tags_its_tasks" {
  assert {
    condition     = aws_ecs_service.this["this"].propagate_tags == "TASK_DEFINITION" && aws_ecs_service.this["this"].enable_ecs_managed_tags
    error_message = "Tasks of the service must carry the tags."
  }
}

run "service_is_private_and_rolls_back" {
  assert {
    condition     = !aws_ecs_service.this["this"].network_configuration[0].assign_public_ip && aws_ecs_service.this["this"].network_configuration[0].subnets == toset(["subnet-a", "subnet-b"]) && aws_ecs_service.this["this"].network_configuration[0].security_groups == toset(["sg-00000000000000001"])
    error_message = "Workers must run in the given subnets, in the module's group, without a public address."
  }

  assert {
    condition     = aws_ecs_service.this["this"].deployment_circuit_breaker[0].rollback
    error_message = "A deployment whose tasks do not start must be rolled back."
  }
}

run "missing_workers_raise_an_alarm" {
  variables {
    alerts = { channels = ["arn:aws:sns:eu-central-1:123456789012:alarms"] }
  }

  assert {
    condition     = keys(output.alarm_arns) == ["workers"] && aws_cloudwatch_metric_alarm.workers["this"].threshold == 1
    error_message = "One missing worker must raise the only alarm of a worker."
  }

  assert {
    condition = { for query in aws_cloudwatch_metric_alarm.workers["this"].metric_query : query.id => [for metric in query.metric : [metric.metric_name, metric.dimensions]] if query.id != "absent" } == {
      desired = [["DesiredTaskCount", tomap({ ClusterName = "acme-prod-orders", ServiceName = "acme-prod-orders" })]]
      running = [["RunningTaskCount", tomap({ ClusterName = "acme-prod-orders", ServiceName = "acme-prod-orders" })]]
    }
    error_message = "The alarm must compare the workers that should run with those that do."
  }
}

run "worker_runs_on_an_existing_cluster" {
  variables {
    cluster_name       = "shared"
    container_insights = false
    alerts             = {}
  }

  assert {
    condition     = aws_ecs_service.this["this"].cluster == "arn:aws:ecs:eu-central-1:123456789012:cluster/shared" && aws_appautoscaling_target.this["this"].resource_id == "service/shared/acme-prod-orders"
    error_message = "Service and autoscaling must be those of the existing cluster."
  }
}

run "outputs_of_a_worker" {
  assert {
    condition     = output.id == "arn:aws:ecs:eu-central-1:123456789012:service/own/worker" && output.service_arn == output.id && output.service_name == "acme-prod-orders"
    error_message = "A worker must be known by its service."
  }

  assert {
    condition     = output.endpoint_url == null && output.state_machine_arn == null
    error_message = "Nothing starts a run of a worker."
  }
}
