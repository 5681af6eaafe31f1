data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  dns_suffix = data.aws_partition.current.dns_suffix
  # The id of this data source is the region's name in versions 5 and 6 of the provider.
  region = data.aws_region.current.id

  # Written down, since the policies that name the function must be there before it.
  function_arn = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.name}"

  image_region = try(regex("[.]dkr[.]ecr[.]([a-z0-9-]+)[.]", var.image)[0], "")
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_116: what fails goes to the queue as on-failure destination (queue.tf), with the error beside the event; a dead letter target as well would get each failure twice.
  # checkov:skip=CKV_AWS_117: whether the function is in a VPC is the caller's choice (network); without one it has no way into any.
  # checkov:skip=CKV_AWS_272: AWS Signer signs zip archives only; a container image is pinned by its digest.
  function_name                  = local.name
  description                    = "Runs ${local.name}"
  package_type                   = "Image"
  image_uri                      = var.image
  architectures                  = [var.cpu_architecture == "ARM64" ? "arm64" : "x86_64"]
  memory_size                    = var.memory_mib
  timeout                        = var.timeout_seconds
  role                           = local.role_arn
  reserved_concurrent_executions = var.reserved_concurrency == null ? -1 : var.reserved_concurrency
  # Lambda lets go of its interfaces in the VPC half an hour after its end, and of the group with them; so it leaves the
  # group first.
  replace_security_groups_on_destroy = length(aws_security_group.this) > 0 ? true : null
  # Lambda forgets a key that encrypts nothing, and each plan would want to set it again.
  kms_key_arn = length(var.environment_variables) == 0 ? null : local.key_arn
  tags        = var.tags

  dynamic "environment" {
    for_each = length(var.environment_variables) == 0 ? [] : [var.environment_variables]

    content {
      variables = environment.value
    }
  }

  dynamic "ephemeral_storage" {
    for_each = var.ephemeral_storage_mib[*]

    content {
      size = ephemeral_storage.value
    }
  }

  # What Docker calls the entry point is the command of the other modules; its arguments are Lambda's command.
  dynamic "image_config" {
    for_each = length(var.command) + length(var.args) == 0 ? [] : ["this"]

    content {
      entry_point = length(var.command) == 0 ? null : var.command
      command     = length(var.args) == 0 ? null : var.args
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = "Active"
  }

  dynamic "vpc_config" {
    for_each = var.network[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = local.security_group_ids
    }
  }

  lifecycle {
    precondition {
      condition     = local.image_region == local.region
      error_message = "Lambda pulls images from its own region only: the image is in ${local.image_region}, the function in ${local.region}. Replicate the repository."
    }
  }

  # Lambda tries out the role's rights when a function is made, and a run that still goes on at the end needs its way out.
  depends_on = [
    aws_iam_role_policy_attachment.access,
    aws_iam_role_policy_attachment.execution,
    aws_vpc_security_group_egress_rule.further,
    aws_vpc_security_group_egress_rule.https,
  ]
}

# Runs that are started without waiting for them: by the schedule, or by hand with the invocation type Event.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name          = aws_lambda_function.this.function_name
  maximum_retry_attempts = var.max_retries
  # A nightly run in the middle of the next day helps nobody.
  maximum_event_age_in_seconds = 3600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letters.arn
    }
  }

  depends_on = [aws_sqs_queue_policy.dead_letters]
}
