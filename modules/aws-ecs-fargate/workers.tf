# Long-running workers: an ECS service in place of the state machine.

locals {
  # CPU use, in percent of what a task has, that the number of workers is steered towards.
  worker_cpu_target_percent = 70
}

resource "aws_ecs_service" "this" {
  for_each = toset(local.is_job ? [] : ["this"])

  name                    = local.name
  cluster                 = local.cluster_arn
  task_definition         = aws_ecs_task_definition.this.arn
  desired_count           = var.workers.min
  launch_type             = "FARGATE"
  enable_ecs_managed_tags = true
  propagate_tags          = "TASK_DEFINITION"
  tags                    = var.tags

  network_configuration {
    subnets          = var.network.subnet_ids
    security_groups  = local.security_group_ids
    assign_public_ip = !var.network.private
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  lifecycle {
    # From the first apply on, autoscaling sets the number.
    ignore_changes = [desired_count]
  }

  # Tasks start as soon as the service is there, and need their rights and their way out then; at the end they write what
  # they still hold, for which both must outlast them.
  depends_on = [
    aws_iam_role_policy_attachment.access,
    aws_iam_role_policy_attachment.execution,
    aws_iam_role_policy_attachment.task,
    aws_vpc_security_group_egress_rule.further,
    aws_vpc_security_group_egress_rule.https,
  ]
}

resource "aws_appautoscaling_target" "this" {
  for_each = aws_ecs_service.this

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${local.cluster_name}/${each.value.name}"
  min_capacity       = var.workers.min
  max_capacity       = var.workers.max
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = aws_appautoscaling_target.this

  name               = "${local.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  scalable_dimension = each.value.scalable_dimension
  resource_id        = each.value.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = local.worker_cpu_target_percent

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
