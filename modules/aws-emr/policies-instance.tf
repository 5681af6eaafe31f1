# Statements of the role of the nodes: the data below its prefix only, the code, the logs, the key, and the secrets that the
# code reads itself.

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

  # Before emr-7.10.0 EMR reached S3 by EMRFS, which puts an object PREFIX_$folder$ beside a prefix that it writes to.
  # https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-s3a-migrate.html
  marks_folders = can(regex("^emr-([56]\\.|7\\.[0-9]\\.)", local.release))

  object_actions = concat(
    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
    [for storage in var.storage[*] : "s3:DeleteObject" if storage.allow_delete],
  )

  storage_statements = flatten([for scope in local.storage_scopes : [
    # Spark knows a directory by its name without the slash, and asks first whether there is an object of that name: what
    # it needs to hear is that there is none (404), and without both rights it hears that it may not ask (403).
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
    [for prefix in compact([local.marks_folders ? scope.prefix : ""]) : {
      Sid      = "Mark${scope.sid}"
      Effect   = "Allow"
      Action   = scope.actions
      Resource = ["${scope.bucket}/${prefix}_$${$}folder$${$}"]
    }],
  ]])

  # Everything that Spark is told to load by address: the entry point, what goes with it, and the certificates.
  code_uris = compact(concat([var.entry_point, var.in_transit_certificates], tolist(var.code_uris)))
  code_arns = sort(distinct([
    for uri in local.code_uris : "arn:${local.partition}:s3:::${trimprefix(uri, "s3://")}${endswith(uri, "/") ? "*" : ""}"
  ]))

  code_statements = [for arns in [local.code_arns] : {
    Sid      = "ReadCode"
    Effect   = "Allow"
    Action   = ["s3:GetObject"]
    Resource = arns
  } if length(arns) > 0]

  # What EMR keeps for its own steps, in buckets that all of AWS may read.
  emr_buckets = [for bucket in ["elasticmapreduce", "${local.region}.elasticmapreduce"] : "arn:${local.partition}:s3:::${bucket}"]

  node_statements = [
    {
      Sid      = "ReadPlatform"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = concat(local.emr_buckets, [for bucket in local.emr_buckets : "${bucket}/*"])
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
      Resource = [for bucket in aws_s3_bucket.logs : "${bucket.arn}/*"]
    },
    {
      Sid      = "LocateLogs"
      Effect   = "Allow"
      Action   = ["s3:GetBucketLocation"]
      Resource = [for bucket in aws_s3_bucket.logs : bucket.arn]
    },
    {
      Sid      = "UseKey"
      Effect   = "Allow"
      Action   = local.node_key_actions
      Resource = [local.key_arn]
    },
  ]

  # What a user of the key may do, as EMR asks of the role of the nodes.
  # https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-encryption-enable.html
  node_key_actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]

  instance_statements = concat(
    local.node_statements,
    local.code_statements,
    local.storage_statements,
    local.secret_statements,
    local.decrypt_statements,
  )
}
