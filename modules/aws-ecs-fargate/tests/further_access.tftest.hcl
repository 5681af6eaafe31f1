# What the code may use beyond its one bucket, and where its tasks may go. Paths covered:
# - tables, databases, streams, queues and keys, read and written; buckets with and without a prefix
# - a policy is there with access alone; an existing role gets nothing
# - further buckets that data is written to, each below its prefix
# - ways out by port: to the network's blocks, to blocks and groups of their own, each once
# - what is refused

mock_provider "aws" {
  source = "./tests/mocks"
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

run "written_table_is_read_too" {
  variables {
    access = [{ resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/offsets", level = "write" }]
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.access["this"].policy).Statement : [statement.Sid, statement.Resource]] == [["WriteDynamodb", ["arn:aws:dynamodb:eu-central-1:123456789012:table/offsets", "arn:aws:dynamodb:eu-central-1:123456789012:table/offsets/index/*"]]]
    error_message = "The right must be on the table and its indexes, and nothing else."
  }

  assert {
    condition     = contains(jsondecode(aws_iam_policy.access["this"].policy).Statement[0].Action, "dynamodb:Query") && contains(jsondecode(aws_iam_policy.access["this"].policy).Statement[0].Action, "dynamodb:PutItem") && !contains(jsondecode(aws_iam_policy.access["this"].policy).Statement[0].Action, "dynamodb:DeleteTable")
    error_message = "Items of a table that is written must be read and written, the table itself never deleted."
  }
}

run "database_of_glue_comes_with_its_tables" {
  variables {
    access = [{ resource = "arn:aws:glue:eu-central-1:123456789012:database/sales", level = "read" }]
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.access["this"].policy).Statement : [statement.Sid, statement.Resource]] == [["ReadGlue", ["arn:aws:glue:eu-central-1:123456789012:catalog", "arn:aws:glue:eu-central-1:123456789012:database/sales", "arn:aws:glue:eu-central-1:123456789012:table/sales/*"]]]
    error_message = "Glue asks for the right on the catalog, the database and its tables."
  }

  assert {
    condition     = alltrue([for action in jsondecode(aws_iam_policy.access["this"].policy).Statement[0].Action : can(regex("^glue:(BatchGet|Get)", action))])
    error_message = "Reading must change nothing in the catalog."
  }
}

run "messages_are_received_or_sent" {
  variables {
    access = [
      { resource = "arn:aws:sqs:eu-central-1:123456789012:in", level = "read" },
      { resource = "arn:aws:sqs:eu-central-1:123456789012:out.fifo", level = "write" },
      { resource = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks", level = "write" },
      { resource = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555", level = "read" },
    ]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.access["this"].policy).Statement : [statement.Sid, statement.Resource, statement.Action]] == [
      ["WriteKinesis", ["arn:aws:kinesis:eu-central-1:123456789012:stream/clicks"], ["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:PutRecord", "kinesis:PutRecords"]],
      ["ReadKms", ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"], ["kms:Decrypt", "kms:DescribeKey"]],
      ["ReadSqs", ["arn:aws:sqs:eu-central-1:123456789012:in"], ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]],
      ["WriteSqs", ["arn:aws:sqs:eu-central-1:123456789012:out.fifo"], ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"]],
    ]
    error_message = "Each queue, stream and key must have the rights of its level only."
  }
}

run "bucket_is_read_below_its_prefix" {
  variables {
    access = [{ resource = "arn:aws:s3:::landing/erp/", level = "read" }]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : [statement.Sid, statement.Action, statement.Resource]] == [
      ["ListAccess0", ["s3:ListBucket"], ["arn:aws:s3:::landing"]],
      ["LocateAccess0", ["s3:GetBucketLocation"], ["arn:aws:s3:::landing"]],
      ["UseAccess0", ["s3:GetObject"], ["arn:aws:s3:::landing/erp/*"]],
      ["FindAccess0", ["s3:GetObject"], ["arn:aws:s3:::landing/erp"]],
    ]
    error_message = "A bucket that is read must be read only, below its prefix."
  }
}

run "data_is_written_to_further_buckets" {
  variables {
    storage = { bucket = "landing", prefix = "raw", allow_delete = true, targets = [{ bucket = "lake", prefix = "out/" }] }
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : statement.Sid => statement.Resource if contains(["UseData", "UseTarget0"], statement.Sid) } == {
      UseData    = ["arn:aws:s3:::landing/raw/*"]
      UseTarget0 = ["arn:aws:s3:::lake/out/*"]
    }
    error_message = "Both buckets must be reached, each below its prefix."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : contains(statement.Action, "s3:DeleteObject") if contains(["UseData", "UseTarget0"], statement.Sid)])
    error_message = "What allow_delete says must hold for all data."
  }
}

run "existing_role_gets_nothing" {
  variables {
    identity = "arn:aws:iam::123456789012:role/etl"
    access   = [{ resource = "arn:aws:sqs:eu-central-1:123456789012:in", level = "read" }]
  }

  assert {
    condition     = length(aws_iam_policy.task) + length(aws_iam_policy.access) == 0
    error_message = "The role of somebody else must be left alone."
  }
}

run "ports_are_opened_to_where_they_lead" {
  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], egress_cidr_blocks = ["10.0.0.0/8"] }
    egress_rules = {
      database = { port = 5432 }
      cache    = { port = 6379, cidr_blocks = ["10.1.2.3/32"] }
      queue    = { port = 5671, security_group_ids = ["sg-broker"] }
      replica  = { port = 5432 }
      api      = { port = 443 }
    }
  }

  assert {
    condition = jsonencode({ for key, rule in aws_vpc_security_group_egress_rule.further : key => [rule.from_port, rule.to_port, rule.cidr_ipv4, rule.referenced_security_group_id, rule.description] }) == jsonencode({
      "5432 10.0.0.0/8"  = [5432, 5432, "10.0.0.0/8", null, "To database, replica"]
      "5671 sg-broker"   = [5671, 5671, null, "sg-broker", "To queue"]
      "6379 10.1.2.3/32" = [6379, 6379, "10.1.2.3/32", null, "To cache"]
    })
    error_message = "Each port must be open to its place once, and to nothing else."
  }
}

run "no_rules_no_ways" {
  assert {
    condition     = length(aws_vpc_security_group_egress_rule.further) == 0
    error_message = "Without egress_rules HTTPS must be the only way out."
  }
}

run "access_to_what_has_no_row" {
  command = plan

  variables {
    access = [{ resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/*", level = "read" }]
  }

  expect_failures = [var.access]
}

run "access_of_another_level" {
  command = plan

  variables {
    access = [{ resource = "arn:aws:sqs:eu-central-1:123456789012:in", level = "admin" }]
  }

  expect_failures = [var.access]
}

run "rules_for_groups_of_ones_own" {
  command = plan

  variables {
    network      = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], security_group_ids = ["sg-a"] }
    egress_rules = { database = { port = 5432 } }
  }

  expect_failures = [var.egress_rules]
}
