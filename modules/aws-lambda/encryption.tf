# Environment variables, log and dead letters are encrypted with one customer managed key.

locals {
  key_arn     = var.kms_key_id == null ? one([for key in aws_kms_key.this : key.arn]) : var.kms_key_id
  log_key_arn = var.log_kms_key_arn == null ? local.key_arn : var.log_kms_key_arn

  key_statements = concat(
    [
      {
        # The account's own IAM policies decide; without this nobody could ever change the key.
        Sid       = "LetIamDecide"
        Effect    = "Allow"
        Action    = ["kms:*"]
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Resource  = ["*"] # In a key policy: this key.
      },
      {
        Sid       = "EncryptLog"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Principal = { Service = "logs.${local.region}.${local.dns_suffix}" }
        Resource  = ["*"]
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        Condition = { ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = local.log_group_arn } }
      },
    ],
    # The module grants nothing to an existing role; its own key lets the role in all the same.
    [for role in var.identity[*] : {
      Sid       = "RunAsExistingRole"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Principal = { AWS = role }
      Resource  = ["*"]
    }],
  )
}

resource "aws_kms_key" "this" {
  for_each = toset(var.kms_key_id == null || var.keep_own_key ? ["this"] : [])

  description             = "Environment variables, log and dead letters of ${local.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = local.key_statements })
  tags                    = var.tags
}

resource "aws_kms_alias" "this" {
  for_each = aws_kms_key.this

  name          = "alias/${local.name}"
  target_key_id = each.value.key_id
}
