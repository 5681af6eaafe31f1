# Runs that failed for good, and starts that the schedule gave up, wait here for somebody to look at them.

locals {
  queue_statements = concat(
    [{
      Sid       = "RefusePlainHttp"
      Effect    = "Deny"
      Action    = ["sqs:*"]
      Principal = "*"
      Resource  = [aws_sqs_queue.dead_letters.arn]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }],
    # The module grants nothing to an existing role; its own queue lets the role in all the same.
    [for role in var.identity[*] : {
      Sid       = "SendAsExistingRole"
      Effect    = "Allow"
      Action    = ["sqs:SendMessage"]
      Principal = { AWS = role }
      Resource  = [aws_sqs_queue.dead_letters.arn]
    }],
  )
}

resource "aws_sqs_queue" "dead_letters" {
  name                              = "${local.name}-dead-letters"
  message_retention_seconds         = 14 * 24 * 3600 # the longest there is
  kms_master_key_id                 = local.key_arn
  kms_data_key_reuse_period_seconds = 3600
  tags                              = var.tags
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id
  policy    = jsonencode({ Version = "2012-10-17", Statement = local.queue_statements })
}
