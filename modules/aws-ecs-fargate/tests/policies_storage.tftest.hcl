# What the task role may do with the data: prefix, whole bucket, state bucket, deletion, data key through S3.

mock_provider "aws" {
  source = "./tests/mocks"
}

override_resource {
  target = aws_iam_role.execution
  values = { arn = "arn:aws:iam::123456789012:role/execution" }
}

override_resource {
  target = aws_iam_role.task
  values = { arn = "arn:aws:iam::123456789012:role/task" }
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
}

run "storage_is_limited_to_the_prefix" {
  variables {
    storage = { bucket = "lake", prefix = "/raw/orders/" }
  }

  assert {
    condition = jsondecode(aws_iam_policy.task["this"].policy).Statement == [
      {
        Sid       = "ListData"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = ["arn:aws:s3:::lake"]
        Condition = { StringLike = { "s3:prefix" = ["raw/orders", "raw/orders/*"] } }
      },
      {
        Sid      = "LocateData"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation"]
        Resource = ["arn:aws:s3:::lake"]
      },
      {
        Sid      = "UseData"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
        Resource = ["arn:aws:s3:::lake/raw/orders/*"]
      },
      {
        Sid      = "FindData"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["arn:aws:s3:::lake/raw/orders"]
      },
    ]
    error_message = "The task must list, read and write below its prefix only, be told that the prefix is no object, and delete nothing."
  }
}

run "storage_without_prefix_is_the_whole_bucket" {
  variables {
    storage = { bucket = "lake" }
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : [statement.Resource, can(statement.Condition)]] == [
      [["arn:aws:s3:::lake"], false], [["arn:aws:s3:::lake"], false], [["arn:aws:s3:::lake/*"], false],
    ]
    error_message = "Without a prefix the bucket, and that bucket alone, must be usable."
  }
}

run "state_bucket_has_its_own_prefix" {
  variables {
    storage = { bucket = "lake", prefix = "raw", state_bucket = "state", state_prefix = "orders" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : statement.Resource if startswith(statement.Sid, "Use")] == [["arn:aws:s3:::lake/raw/*"], ["arn:aws:s3:::state/orders/*"]]
    error_message = "Each bucket must be usable below its own prefix only."
  }
}

run "deletion_is_granted_on_request_only" {
  variables {
    storage = { bucket = "lake", prefix = "raw", allow_delete = true }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : statement.Sid if contains(statement.Action, "s3:DeleteObject")] == ["UseData"]
    error_message = "With allow_delete objects below the prefix must be deletable."
  }
}

run "data_key_is_used_through_s3" {
  variables {
    storage    = { bucket = "lake", prefix = "raw" }
    kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : statement if statement.Sid == "UseDataKey"] == [{
      Sid       = "UseDataKey"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = ["arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
      Condition = { StringEquals = { "kms:ViaService" = ["s3.eu-west-1.amazonaws.com"] } }
    }]
    error_message = "The data key must be named, and usable through S3 in the key's region only."
  }
}
