# Statements of the task role: the data, below its prefix only, and the secrets that the code reads itself.

locals {
  storage_scopes = concat(
    [for storage in var.storage[*] : {
      sid     = "Data"
      bucket  = "arn:${local.partition}:s3:::${storage.bucket}"
      prefix  = trim(storage.prefix, "/")
      actions = local.object_actions
    }],
    flatten([for storage in var.storage[*] : [for index, target in storage.targets : {
      sid     = "Target${index}"
      bucket  = "arn:${local.partition}:s3:::${target.bucket}"
      prefix  = trim(target.prefix, "/")
      actions = local.object_actions
    }]]),
    [for storage in var.storage[*] : {
      sid     = "State"
      bucket  = "arn:${local.partition}:s3:::${storage.state_bucket}"
      prefix  = trim(storage.state_prefix, "/")
      actions = local.object_actions
    } if storage.state_bucket != null],
    local.access_scopes,
  )

  object_actions = concat(
    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
    [for storage in var.storage[*] : "s3:DeleteObject" if storage.allow_delete],
  )

  storage_statements = flatten([for scope in local.storage_scopes : [
    # pyarrow, pandas and s3fs, as Spark does, ask first whether there is an object of the name that the directory has without
    # its slash: what they need to hear is that there is none (404), and without both rights it is that they may not ask (403).
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    # An entry that is not wanted is left out of the object, so that no null reaches the policy.
    { for key, value in {
      Sid       = "List${scope.sid}"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [scope.bucket]
      Condition = { StringLike = { "s3:prefix" = [scope.prefix, "${scope.prefix}/*"] } }
    } : key => value if key != "Condition" || scope.prefix != "" },
    {
      Sid      = "Locate${scope.sid}"
      Effect   = "Allow"
      Action   = ["s3:GetBucketLocation"]
      Resource = [scope.bucket]
    },
    {
      Sid      = "Use${scope.sid}"
      Effect   = "Allow"
      Action   = scope.actions
      Resource = [scope.prefix == "" ? "${scope.bucket}/*" : "${scope.bucket}/${scope.prefix}/*"]
    },
    [for prefix in compact([scope.prefix]) : {
      Sid      = "Find${scope.sid}"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${scope.bucket}/${prefix}"]
    }],
  ]])

  data_key_statements = [for key in var.kms_key_id[*] : {
    Sid       = "UseDataKey"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = [key]
    Condition = { StringEquals = { "kms:ViaService" = ["s3.${split(":", key)[3]}.${data.aws_partition.current.dns_suffix}"] } }
  }]

  task_statements = concat(
    local.storage_statements,
    local.data_key_statements,
    local.fetch_statements.readable_secrets,
    local.decrypt_statements.readable_secrets,
  )
}
