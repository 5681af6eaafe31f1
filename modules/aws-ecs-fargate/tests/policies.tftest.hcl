# Who may do what. Paths covered:
# - trust of all four roles: the service, the account, and the resource it acts for
# - execution role: image from its own ECR repository, none for a public image, logs, secrets and their keys
# - task role: absent rights, prefix, whole bucket, state bucket, deletion, data key through S3, readable secrets
# - state machine's role: this task definition, this cluster, two named roles
# - an asterisk only where the API knows no resources

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

run "ecs_tasks_trust_is_bound_to_the_account" {
  assert {
    condition = alltrue([for role in [aws_iam_role.execution, aws_iam_role.task["this"]] : jsondecode(role.assume_role_policy).Statement == [{
      Action    = "sts:AssumeRole"
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-central-1:123456789012:*" }
        StringEquals = { "aws:SourceAccount" = "123456789012" }
      }
    }]])
    error_message = "Both task roles must trust ECS tasks of this account and region only."
  }
}

run "state_machine_trust_names_the_state_machine" {
  assert {
    condition = jsondecode(aws_iam_role.states["this"].assume_role_policy).Statement == [{
      Action    = "sts:AssumeRole"
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" }
        StringEquals = { "aws:SourceAccount" = "123456789012" }
      }
    }]
    error_message = "Only this state machine may use its role."
  }
}

run "image_comes_from_its_own_repository" {
  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.execution.policy).Statement : statement.Resource if statement.Sid == "PullImage"] == [["arn:aws:ecr:us-east-1:123456789012:repository/team/etl"]]
    error_message = "The right to pull must be on the image's repository, in the image's region."
  }
}

run "dual_stack_registry_is_ecr_too" {
  variables {
    image = "210987654321.dkr-ecr.eu-west-1.on.aws/etl@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.execution.policy).Statement : statement.Resource if statement.Sid == "PullImage"] == [["arn:aws:ecr:eu-west-1:210987654321:repository/etl"]]
    error_message = "The dual-stack name of a repository must be understood."
  }
}

run "public_image_needs_no_right_to_pull" {
  variables {
    image = "public.ecr.aws/docker/library/python:3.12-slim"
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.execution.policy).Statement : statement.Sid] == ["WriteLogs"]
    error_message = "A public image must bring no rights on ECR."
  }
}

run "logs_go_to_the_jobs_own_group" {
  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.execution.policy).Statement : statement.Resource if statement.Sid == "WriteLogs"] == [["arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/acme-prod-orders:*"]]
    error_message = "The right to write logs must be on the job's own group."
  }
}

run "secrets_are_read_by_the_execution_role" {
  variables {
    secrets = {
      API_KEY  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/api-AbCdEf:key::"
      API_USER = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/api-AbCdEf:user::"
      DB_URL   = "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/db"
      PARTIAL  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/other"
    }
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.execution.policy).Statement : statement if contains(["ReadSecrets", "ReadParameters", "DecryptSecrets"], statement.Sid)] == [
      {
        Sid    = "ReadSecrets"
        Effect = "Allow"
        Action = ["secretsmanager:GetSecretValue"]
        Resource = [
          "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/api-AbCdEf",
          "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/other-??????",
        ]
      },
      {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = ["arn:aws:ssm:eu-central-1:123456789012:parameter/prod/db"]
      },
      {
        Sid       = "DecryptSecrets"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
        Condition = { StringEquals = { "kms:ViaService" = ["secretsmanager.eu-central-1.amazonaws.com", "ssm.eu-central-1.amazonaws.com"] } }
      },
    ]
    error_message = "The execution role must read exactly the secrets given, once each, and decrypt through their services."
  }

  assert {
    condition     = length(aws_iam_policy.task) == 0
    error_message = "The task role must not read what ECS puts into the environment."
  }
}

run "task_without_storage_and_secrets_has_no_rights" {
  assert {
    condition     = length(aws_iam_policy.task) == 0 && length(aws_iam_role_policy_attachment.task) == 0
    error_message = "A task that needs nothing must get no policy, least of all an empty one."
  }
}

run "readable_secrets_go_to_the_task_role" {
  variables {
    readable_secrets     = ["arn:aws:ssm:eu-central-1:123456789012:parameter/prod/token"]
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
  }

  assert {
    condition = [for statement in jsondecode(aws_iam_policy.task["this"].policy).Statement : [statement.Sid, statement.Action]] == [
      ["ReadParameters", ["ssm:GetParameter", "ssm:GetParameters"]], ["DecryptSecrets", ["kms:Decrypt"]],
    ]
    error_message = "The task role must read and decrypt the secrets that the code reads itself."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.execution.policy, "ssm:") && !strcontains(aws_iam_policy.execution.policy, "kms:")
    error_message = "The execution role must not read what only the code needs."
  }
}

run "existing_identity_gets_no_rights" {
  variables {
    identity = "arn:aws:iam::123456789012:role/existing"
    storage  = { bucket = "lake" }
  }

  assert {
    condition     = length(aws_iam_role.task) + length(aws_iam_policy.task) + length(aws_iam_role_policy_attachment.task) == 0
    error_message = "Nothing must be made for, or granted to, an existing identity."
  }

  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == "arn:aws:iam::123456789012:role/existing" && output.task_role_arn == "arn:aws:iam::123456789012:role/existing"
    error_message = "The task must run as the existing identity."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.states["this"].policy).Statement : statement.Resource if statement.Sid == "PassTaskRoles"] == [["arn:aws:iam::123456789012:role/execution", "arn:aws:iam::123456789012:role/existing"]]
    error_message = "The state machine must be able to pass the existing identity."
  }
}

run "state_machine_runs_this_task_on_this_cluster" {
  assert {
    condition = [for statement in jsondecode(aws_iam_policy.states["this"].policy).Statement : [statement.Action, statement.Resource, statement.Condition] if contains(["RunTask", "WatchAndStopTask", "TagTaskAtStart"], statement.Sid)] == [
      [["ecs:RunTask"], ["arn:aws:ecs:eu-central-1:123456789012:task-definition/acme-prod-orders:*"], { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:123456789012:cluster/own" } }],
      [["ecs:DescribeTasks", "ecs:StopTask"], ["arn:aws:ecs:eu-central-1:123456789012:task/acme-prod-orders/*"], { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-central-1:123456789012:cluster/own" } }],
      [["ecs:TagResource"], ["arn:aws:ecs:eu-central-1:123456789012:task/acme-prod-orders/*"], { StringEquals = { "ecs:CreateAction" = "RunTask" } }],
    ]
    error_message = "The state machine must touch no other task definition, cluster or task."
  }
}

run "state_machine_passes_two_named_roles_to_ecs" {
  assert {
    condition = [for statement in jsondecode(aws_iam_policy.states["this"].policy).Statement : statement if statement.Sid == "PassTaskRoles"] == [{
      Sid       = "PassTaskRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["arn:aws:iam::123456789012:role/execution", "arn:aws:iam::123456789012:role/task"]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
    error_message = "PassRole must name both roles, and ECS as their receiver."
  }
}

run "asterisks_stand_only_where_no_resource_is_known" {
  variables {
    storage          = { bucket = "lake", prefix = "raw" }
    readable_secrets = ["arn:aws:ssm:eu-central-1:123456789012:parameter/prod/token"]
    schedule         = { expression = "rate(1 hour)" }
  }

  assert {
    condition = toset(flatten([
      for policy in concat([aws_iam_policy.execution], values(aws_iam_policy.task), values(aws_iam_policy.states), values(aws_iam_policy.scheduler)) :
      [for statement in jsondecode(policy.policy).Statement : statement.Sid if contains(statement.Resource, "*")]
    ])) == toset(["LogInToRegistry", "DeliverLogs"])
    error_message = "Only the login to ECR and the delivery of logs may have * for a resource."
  }

  assert {
    condition = alltrue(flatten([
      for policy in concat([aws_iam_policy.execution], values(aws_iam_policy.task), values(aws_iam_policy.states), values(aws_iam_policy.scheduler)) :
      [for statement in jsondecode(policy.policy).Statement : [for action in statement.Action : !strcontains(action, "*")]]
    ]))
    error_message = "No action may have an asterisk."
  }
}
