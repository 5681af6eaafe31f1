# Who may do what. Paths covered:
# - trust of all roles: the service, and the account and resource that it acts for
# - service role: these subnets and groups, these nodes, this role, this key; spot
# - role of the nodes: code, data below its prefix, state, deletion, logs, key, secrets and their keys
# - an existing role: no role made, an instance profile for it, a way to the module's key
# - state machine's role: steps on this cluster
# - an asterisk only where the API knows no resources

mock_provider "aws" {
  source = "./tests/mocks"
}

override_resource {
  target = aws_iam_role.instance
  values = { arn = "arn:aws:iam::123456789012:role/instance" }
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id             = "vpc-1"
    subnet_ids         = ["subnet-b", "subnet-a"]
    security_group_ids = ["sg-databases"]
  }
}

run "trust_is_bound_to_account_and_resource" {
  assert {
    condition = jsondecode(aws_iam_role.service["this"].assume_role_policy).Statement == [{
      Action    = "sts:AssumeRole"
      Effect    = "Allow"
      Principal = { Service = "elasticmapreduce.amazonaws.com" }
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:elasticmapreduce:eu-central-1:123456789012:*" }
        StringEquals = { "aws:SourceAccount" = "123456789012" }
      }
    }]
    error_message = "The service role must trust EMR for clusters of this account and region only."
  }

  assert {
    condition     = jsondecode(aws_iam_role.states.assume_role_policy).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders"
    error_message = "Only this state machine may use its role."
  }

  assert {
    condition     = jsondecode(aws_iam_role.instance["this"].assume_role_policy).Statement[0].Principal == { Service = "ec2.amazonaws.com" }
    error_message = "Only instances may use the role of the nodes."
  }
}

run "no_managed_policy_of_aws_is_attached" {
  assert {
    condition     = alltrue([for attachment in concat(values(aws_iam_role_policy_attachment.service), values(aws_iam_role_policy_attachment.instance), [aws_iam_role_policy_attachment.states]) : !strcontains(attachment.policy_arn, ":iam::aws:")])
    error_message = "Roles must have policies of their own, no retired managed ones."
  }
}

run "nodes_start_in_this_network_only" {
  assert {
    condition = length(setsubtract(
      [for arn in flatten([for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Resource if statement.Sid == "LaunchNodes"]) : arn if strcontains(arn, ":subnet/") || strcontains(arn, ":security-group/")],
      [
        "arn:aws:ec2:eu-central-1:*:subnet/subnet-a",
        "arn:aws:ec2:eu-central-1:*:subnet/subnet-b",
        "arn:aws:ec2:eu-central-1:*:security-group/sg-databases",
        "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-00000000000000001",
      ],
    )) == 0
    error_message = "Nodes may start in the given subnets and groups only."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : [statement.Resource, statement.Condition.StringEquals["iam:PassedToService"]] if statement.Sid == "PassNodeRole"] == [[["arn:aws:iam::123456789012:role/instance"], "ec2.amazonaws.com"]]
    error_message = "EMR may give nodes this one role."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Condition if statement.Sid == "StopNodes"] == [{ ArnEquals = { "ec2:InstanceProfile" = ["arn:aws:iam::123456789012:instance-profile/mock"] } }]
    error_message = "EMR may stop and change nodes of this cluster only."
  }
}

run "policy_of_a_large_network_fits" {
  variables {
    nodes = { count = 2, spot = true }
    network = {
      vpc_id             = "vpc-0123456789abcdef0"
      subnet_ids         = [for n in range(10, 26) : "subnet-0123456789abcde${n}"]
      security_group_ids = [for n in range(10, 14) : "sg-0123456789abcde${n}"]
    }
  }

  assert {
    condition     = length(aws_iam_policy.service["this"].policy) <= 6144
    error_message = "The policy must fit with as many subnets and groups as the network takes."
  }
}

run "service_role_knows_one_key" {
  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Resource if strcontains(jsonencode(statement.Action), "kms:")])) == toset(["arn:aws:kms:eu-central-1:123456789012:key/own"])
    error_message = "EMR may use the key of the cluster only."
  }

  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Action if strcontains(jsonencode(statement.Action), "kms:")])) == toset(["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"])
    error_message = "EMR must be allowed all that encrypted volumes ask for."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Sid if statement.Resource == ["*"]] == ["LookAround"] && alltrue([for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : alltrue([for action in statement.Action : startswith(action, "ec2:Describe")]) if statement.Sid == "LookAround"])
    error_message = "An asterisk may stand where nothing is named by description only."
  }
}

run "spot_needs_a_linked_role" {
  variables {
    nodes = { count = 2, spot = true }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Condition.StringEquals["iam:AWSServiceName"] if statement.Sid == "StartSpot"] == ["spot.amazonaws.com"]
    error_message = "With spot EMR may make the role that EC2 has for it, and no other."
  }
}

run "nodes_read_code_and_write_logs" {
  variables {
    code_uris               = ["s3://code/orders/libs/", "s3://code/common.zip"]
    in_transit_certificates = "s3://keys/prod.zip"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Resource if statement.Sid == "ReadCode"] == [["arn:aws:s3:::code/common.zip", "arn:aws:s3:::code/orders/libs/*", "arn:aws:s3:::code/orders/main.py", "arn:aws:s3:::keys/prod.zip"]]
    error_message = "Nodes may read the code and the certificates that were named."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : [statement.Action, statement.Resource] if statement.Sid == "WriteLogs"] == [[["s3:AbortMultipartUpload", "s3:PutObject"], ["arn:aws:s3:::acme-prod-orders-logs-123456789012/*"]]]
    error_message = "Nodes may write logs to the bucket of the cluster, and not take them away."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Sid] == ["ReadPlatform", "WriteLogs", "LocateLogs", "UseKey", "ReadCode"]
    error_message = "Without storage and secrets there must be no rights to any."
  }
}

run "command_has_no_code" {
  variables {
    entry_point = null
    command     = ["true"]
  }

  assert {
    condition     = !contains([for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Sid], "ReadCode")
    error_message = "Where no code is named none may be read."
  }
}

run "emrfs_marks_the_folder_beside_its_prefix" {
  variables {
    release = "emr-7.9.0"
    storage = { bucket = "lake", prefix = "raw/orders" }
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Sid => statement.Resource if startswith(statement.Sid, "Mark") } == { MarkData = ["arn:aws:s3:::lake/raw/orders_$${$}folder$${$}"] }
    error_message = "Before emr-7.10.0 the object PREFIX_$folder$ must be writable, with its dollar signs taken as they are."
  }
}

run "data_is_open_below_its_prefix_only" {
  variables {
    storage = { bucket = "lake", prefix = "/raw/orders/", state_bucket = "state" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : [statement.Resource, statement.Condition.StringLike["s3:prefix"]] if statement.Sid == "ListData"] == [[["arn:aws:s3:::lake"], ["raw/orders", "raw/orders/*"]]]
    error_message = "Nodes may list the prefix and below it only."
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Sid => [statement.Action, statement.Resource] if startswith(statement.Sid, "Find") } == { FindData = [["s3:GetObject"], ["arn:aws:s3:::lake/raw/orders"]] }
    error_message = "Spark asks for the directory by its name without a slash, and must be told that there is no such object."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.instance["this"].policy, "folder")
    error_message = "From emr-7.10.0 on nothing beside the prefix is written."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Resource if statement.Sid == "UseData"] == [["arn:aws:s3:::lake/raw/orders/*"]] && [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Resource if statement.Sid == "UseState"] == [["arn:aws:s3:::state/*"]]
    error_message = "Nodes may read and write below the prefixes only."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.instance["this"].policy, "DeleteObject")
    error_message = "Nothing may be deleted unless the caller says so."
  }
}

run "deletion_is_granted_when_asked" {
  variables {
    storage = { bucket = "lake", prefix = "raw", allow_delete = true }
  }

  assert {
    condition     = contains([for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Action if statement.Sid == "UseData"][0], "s3:DeleteObject")
    error_message = "With allow_delete objects may be deleted."
  }
}

run "secrets_are_opened_by_name" {
  variables {
    readable_secrets     = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders", "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/url"]
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/secrets"]
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.instance["this"].policy).Statement : statement.Resource if contains(["ReadSecrets", "ReadParameters", "DecryptSecrets"], statement.Sid)] == [["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders-??????"], ["arn:aws:ssm:eu-central-1:123456789012:parameter/prod/url"], ["arn:aws:kms:eu-central-1:123456789012:key/secrets"]]
    error_message = "Nodes may read the named secrets, with the named key."
  }
}

run "existing_role_gets_a_profile_and_the_key" {
  variables {
    identity = "arn:aws:iam::123456789012:role/etl/orders"
  }

  assert {
    condition     = length(aws_iam_role.instance) + length(aws_iam_policy.instance) == 0 && aws_iam_instance_profile.this["this"].role == "orders" && output.instance_role_arn == "arn:aws:iam::123456789012:role/etl/orders"
    error_message = "Nodes must run as the given role, and nothing be granted to it."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.service["this"].policy).Statement : statement.Resource if statement.Sid == "PassNodeRole"] == [["arn:aws:iam::123456789012:role/etl/orders"]]
    error_message = "EMR may give nodes the given role."
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this["this"].policy).Statement : statement.Principal if statement.Sid == "RunAsExistingRole"] == [{ AWS = "arn:aws:iam::123456789012:role/etl/orders" }]
    error_message = "The key of the cluster must let the given role in: without it no node starts."
  }
}

run "state_machine_adds_steps_to_this_cluster" {
  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.states.policy).Statement : [statement.Action, statement.Resource] if statement.Sid == "RunStep"] == [[["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:CancelSteps", "elasticmapreduce:DescribeStep"], ["arn:aws:elasticmapreduce:eu-central-1:123456789012:cluster/j-MADEBYTESTS1"]]]
    error_message = "Steps may be added to this cluster only."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.states.policy).Statement : [statement.Action, statement.Resource] if statement.Sid == "HearOfEnd"] == [[["events:DescribeRule", "events:PutRule", "events:PutTargets"], ["arn:aws:events:eu-central-1:123456789012:rule/StepFunctionsGetEventForEMRAddJobFlowStepsRule"]]]
    error_message = "Step Functions may keep the one rule that tells of the end of steps, and no other."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.states.policy).Statement : statement.Sid if contains(statement.Resource, "*")] == ["DeliverLogs"]
    error_message = "An asterisk may stand for log delivery only."
  }
}

run "own_key_serves_the_log" {
  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this["this"].policy).Statement : [statement.Principal.Service, statement.Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"]] if statement.Sid == "EncryptLog"] == [["logs.eu-central-1.amazonaws.com", "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/vendedlogs/states/acme-prod-orders"]]
    error_message = "CloudWatch Logs may use the key for this log group only."
  }
}
