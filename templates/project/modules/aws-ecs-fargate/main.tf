data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_ecs_cluster" "existing" {
  for_each = toset(var.cluster_name[*])

  cluster_name = each.value
}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  # The id of this data source is the region's name in versions 5 and 6 of the provider.
  region = data.aws_region.current.id

  is_job = var.workers == null

  cluster_name = var.cluster_name == null ? local.name : var.cluster_name
  cluster_arn = one(concat(
    [for cluster in aws_ecs_cluster.this : cluster.arn],
    [for cluster in data.aws_ecs_cluster.existing : cluster.arn],
  ))

  container = {
    name       = local.container_name
    image      = var.image
    essential  = true
    entryPoint = length(var.command) == 0 ? null : var.command
    command    = length(var.args) == 0 ? null : var.args

    environment = length(var.environment_variables) == 0 ? null : [for key, value in var.environment_variables : { name = key, value = value }]
    secrets     = length(var.secrets) == 0 ? null : [for key, arn in var.secrets : { name = key, valueFrom = arn }]

    # An init process hands on SIGTERM and reaps children, so that a stopped run can end tidily.
    linuxParameters = { initProcessEnabled = true }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.task.name
        awslogs-region        = local.region
        awslogs-stream-prefix = "task"
      }
    }
  }
}

resource "aws_ecs_cluster" "this" {
  # checkov:skip=CKV_AWS_65: Container Insights are on unless the caller switches them off (container_insights), as one does for development.
  for_each = toset(var.cluster_name == null ? ["this"] : [])

  name = local.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = var.container_insights ? "enabled" : "disabled"
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.cpu * 1024)
  memory                   = tostring(var.memory_mib)
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = local.task_role_arn
  # Absent parts are left out: ECS would fill them in, and the next plan would show a difference.
  container_definitions = jsonencode([{ for key, value in local.container : key => value if value != null }])
  tags                  = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  dynamic "ephemeral_storage" {
    for_each = var.ephemeral_storage_gib[*]

    content {
      size_in_gib = ephemeral_storage.value
    }
  }

  lifecycle {
    # So that the family always has a revision that can be run.
    create_before_destroy = true
  }
}
