# Runs that messages of a queue start: Lambda reads the queue, and deletes what a run has dealt with.

locals {
  # Without a bound of its own the queue would start more runs than are reserved, and messages whose run was throttled
  # often enough would be lost to the queue's own dead letters.
  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  trigger_concurrency = try(var.queue_trigger.maximum_concurrency, null) == null ? try(min(var.reserved_concurrency, 1000), null) : var.queue_trigger.maximum_concurrency

  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  trigger_statements = flatten([for trigger in var.queue_trigger[*] : concat(
    [{
      Sid      = "TakeMessages"
      Effect   = "Allow"
      Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      Resource = [trigger.queue_arn]
    }],
    [for key in trigger.kms_key_arn[*] : {
      Sid       = "DecryptMessages"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [key]
      Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.${local.dns_suffix}" } }
    }],
  )])
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each = { for trigger in var.queue_trigger[*] : "this" => trigger }

  event_source_arn                   = each.value.queue_arn
  function_name                      = aws_lambda_function.this.arn
  enabled                            = each.value.enabled
  batch_size                         = each.value.batch_size
  maximum_batching_window_in_seconds = each.value.batching_window_seconds
  function_response_types            = each.value.report_failures ? ["ReportBatchItemFailures"] : null
  tags                               = var.tags

  dynamic "scaling_config" {
    for_each = local.trigger_concurrency[*]

    content {
      maximum_concurrency = scaling_config.value
    }
  }

  # Lambda tries out the right to read the queue when the mapping is made.
  depends_on = [aws_iam_role_policy_attachment.execution]
}
