# What else the code may use, beyond its buckets and secrets: single resources, each read or written.

locals {
  # A table or a database that is written is read too; messages are either received or sent.
  # https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
  table_reading = [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
  ]
  catalog_reading = [
    "glue:BatchGetPartition",
    "glue:GetCatalog",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
    "glue:GetTableVersion",
    "glue:GetTableVersions",
  ]
  object_reading = ["s3:GetObject"]

  access_actions = {
    dynamodb = {
      read = local.table_reading
      write = concat(local.table_reading, [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLInsert",
        "dynamodb:PartiQLUpdate",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
      ])
    }
    # As Iceberg and Spark use the catalog: tables and partitions of the database, never the database itself.
    glue = {
      read = local.catalog_reading
      write = concat(local.catalog_reading, [
        "glue:BatchCreatePartition",
        "glue:BatchDeletePartition",
        "glue:BatchUpdatePartition",
        "glue:CreatePartition",
        "glue:CreateTable",
        "glue:DeletePartition",
        "glue:DeleteTable",
        "glue:UpdatePartition",
        "glue:UpdateTable",
      ])
    }
    kinesis = {
      read  = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
      write = ["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"]
    }
    kms = {
      read  = ["kms:Decrypt", "kms:DescribeKey"]
      write = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
    }
    s3 = {
      read  = local.object_reading
      write = concat(local.object_reading, ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"])
    }
    sqs = {
      read  = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]
      write = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"]
    }
  }

  # Buckets have statements like those of storage, with a prefix as their condition.
  access_scopes = [for index, entry in var.access : {
    sid     = "Access${index}"
    bucket  = split("/", entry.resource)[0]
    prefix  = trim(join("/", slice(split("/", entry.resource), 1, length(split("/", entry.resource)))), "/")
    actions = local.access_actions.s3[entry.level]
  } if strcontains(entry.resource, ":s3:::")]

  access_entries = [for pair in setproduct(["dynamodb", "glue", "kinesis", "kms", "sqs"], ["read", "write"]) : {
    service = pair[0]
    level   = pair[1]
    arns    = sort(distinct([for entry in var.access : entry.resource if split(":", entry.resource)[2] == pair[0] && entry.level == pair[1]]))
  }]

  access_statements = [for entry in local.access_entries : {
    Sid    = "${title(entry.level)}${title(entry.service)}"
    Effect = "Allow"
    Action = local.access_actions[entry.service][entry.level]
    Resource = distinct(flatten([for arn in entry.arns : concat(
      # Glue asks for the right on the catalog, the database and the table alike.
      # https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
      entry.service == "glue" ? ["${join(":", slice(split(":", arn), 0, 5))}:catalog"] : [],
      [arn],
      entry.service == "glue" ? ["${replace(arn, ":database/", ":table/")}/*"] : [],
      entry.service == "dynamodb" ? ["${arn}/index/*"] : [],
    )]))
  } if length(entry.arns) > 0]
  access_policy = jsonencode({ Version = "2012-10-17", Statement = local.access_statements })
}

# A policy of its own: with that of the data it could be longer than IAM takes.
resource "aws_iam_policy" "access" {
  for_each = { for key, role in aws_iam_role.execution : key => role if length(local.access_statements) > 0 }

  name        = "${local.name}-access"
  description = "What else ${local.name} may use"
  policy      = local.access_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.access_policy) <= local.policy_longest
      error_message = "The policy for access is longer than the ${local.policy_longest} characters that IAM takes; give fewer entries."
    }
  }
}

resource "aws_iam_role_policy_attachment" "access" {
  for_each = aws_iam_policy.access

  role       = aws_iam_role.execution[each.key].name
  policy_arn = each.value.arn
}
