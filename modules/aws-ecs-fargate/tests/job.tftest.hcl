# A batch job. Paths covered:
# - task definition: Fargate size, architecture, disk, command, environment, secrets by reference, logs
# - state machine: timeout, retries, copies side by side, tags on tasks, no public address
# - runs that overlap, and those that do not
# - own cluster and existing cluster
# - outputs: ids, the address that starts a run, Dagster's settings

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

run "task_definition_is_a_fargate_task" {
  variables {
    cpu        = 0.25
    memory_mib = 512
  }

  assert {
    condition     = aws_ecs_task_definition.this.cpu == "256" && aws_ecs_task_definition.this.memory == "512" && aws_ecs_task_definition.this.network_mode == "awsvpc" && aws_ecs_task_definition.this.requires_compatibilities == toset(["FARGATE"])
    error_message = "A quarter of a vCPU must be 256 CPU units of a Fargate task."
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "X86_64" && length(aws_ecs_task_definition.this.ephemeral_storage) == 0
    error_message = "Without further settings a task must be X86_64 with the disk that it comes with."
  }
}

run "disk_and_architecture_can_be_chosen" {
  variables {
    cpu_architecture      = "ARM64"
    ephemeral_storage_gib = 50
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "ARM64" && aws_ecs_task_definition.this.ephemeral_storage[0].size_in_gib == 50
    error_message = "Architecture and disk must reach the task definition."
  }
}

run "container_takes_command_environment_and_secrets" {
  variables {
    command               = ["python", "-m", "etl"]
    args                  = ["--job", "orders"]
    environment_variables = { LOG_LEVEL = "info", QUOTED = "say \"hi\" to $${HOME}" }
    secrets               = { API_KEY = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/api-AbCdEf:key::" }
  }

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions) == [{
      name            = "job"
      image           = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"
      essential       = true
      entryPoint      = ["python", "-m", "etl"]
      command         = ["--job", "orders"]
      environment     = [{ name = "LOG_LEVEL", value = "info" }, { name = "QUOTED", value = "say \"hi\" to $${HOME}" }]
      secrets         = [{ name = "API_KEY", valueFrom = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/api-AbCdEf:key::" }]
      linuxParameters = { initProcessEnabled = true }
      logConfiguration = {
        logDriver = "awslogs"
        options   = { awslogs-group = "/ecs/acme-prod-orders", awslogs-region = "eu-central-1", awslogs-stream-prefix = "task" }
      }
    }]
    error_message = "The container must have the command, the environment, and its secrets by reference."
  }
}

run "container_keeps_the_images_own_command" {
  assert {
    condition     = keys(jsondecode(aws_ecs_task_definition.this.container_definitions)[0]) == ["essential", "image", "linuxParameters", "logConfiguration", "name"]
    error_message = "What is not given must be left out of the container definition."
  }
}

run "run_is_stopped_after_its_timeout_and_not_retried" {
  variables {
    timeout_seconds = 900
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.TimeoutSeconds == 900 && [for retry in jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Retry : retry if contains(retry.ErrorEquals, "States.TaskFailed")] == []
    error_message = "The timeout must reach the state machine, and nothing be retried by default."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Resource == "arn:aws:states:::ecs:runTask.sync" && aws_sfn_state_machine.this["this"].type == "STANDARD"
    error_message = "A standard workflow must wait for the end of the task; only so can it stop it."
  }
}

run "failed_run_is_retried" {
  variables {
    max_retries = 3
  }

  assert {
    condition     = [for retry in jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Retry : [retry.ErrorEquals, retry.MaxAttempts]] == [[["AmazonECS.Unknown", "ECS.AmazonECSException", "ECS.ServerException"], 5], [["States.TaskFailed"], 3]]
    error_message = "A failed run must be tried again max_retries times, a timed-out one not at all; a start that fails by the cloud's fault has tries of its own, which come first."
  }
}

run "tasks_carry_the_tags" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.PropagateTags == "TASK_DEFINITION" && !can(jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.EnableECSManagedTags)
    error_message = "Tasks are what costs money; they must carry the tags of their task definition, by the parameters that Step Functions knows."
  }
}

run "tasks_are_private" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.NetworkConfiguration.AwsvpcConfiguration == { AssignPublicIp = "DISABLED", SecurityGroups = ["sg-00000000000000001"], Subnets = ["subnet-a", "subnet-b"] }
    error_message = "Tasks must run in the given subnets, in the module's group, without a public address."
  }
}

run "single_copy_has_no_overrides" {
  assert {
    condition     = !can(jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.Overrides)
    error_message = "A single copy needs no number."
  }
}

run "copies_run_side_by_side" {
  variables {
    parallelism = 3
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Number.Result == [0, 1, 2] && jsondecode(aws_sfn_state_machine.this["this"].definition).States.RunAll.MaxConcurrency == 3
    error_message = "Three copies must be numbered from 0 and start at once."
  }

  assert {
    condition = jsondecode(aws_sfn_state_machine.this["this"].definition).States.RunAll.ItemProcessor.States.Run.Parameters.Overrides.ContainerOverrides == [{
      Name        = "job"
      Environment = [{ Name = "TASK_INDEX", "Value.$" = "States.Format('{}', $)" }, { Name = "TASK_COUNT", Value = "3" }]
    }]
    error_message = "Each copy must find its number and their count in its environment."
  }
}

run "runs_do_not_overlap" {
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).StartAt == "List" && jsondecode(aws_sfn_state_machine.this["this"].definition).States.List.Parameters == { MaxResults = 1000, "StateMachineArn.$" = "$$.StateMachine.Id", StatusFilter = "RUNNING" } && jsondecode(aws_sfn_state_machine.this["this"].definition).States.List.ResultSelector == { "Earliest.$" = "$.Executions[-1:].ExecutionArn", "Self.$" = "$$.Execution.Id" }
    error_message = "A run must look for runs of its own state machine that go on, and take the earliest."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Choose.Default == "Run" && jsondecode(aws_sfn_state_machine.this["this"].definition).States.Choose.Choices[0].Next == "Overlap" && jsondecode(aws_sfn_state_machine.this["this"].definition).States.Choose.Choices[0].And[1].Not == { Variable = "$.Earliest[0]", StringEqualsPath = "$.Self" } && jsondecode(aws_sfn_state_machine.this["this"].definition).States.Overlap.Type == "Fail" && jsondecode(aws_sfn_state_machine.this["this"].definition).States.Overlap.Error == "Overlap"
    error_message = "A run that is not the earliest must fail by a name of its own, and start nothing."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_policy.states["this"].policy).Statement : statement if statement.Sid == "SeeOtherRuns"] == [{ Sid = "SeeOtherRuns", Effect = "Allow", Action = ["states:ListExecutions"], Resource = ["arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders"] }]
    error_message = "The state machine must be allowed to list its own runs, and no others."
  }
}

run "copies_do_not_overlap_with_those_of_another_run" {
  variables {
    parallelism = 3
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Choose.Default == "Number" && keys(jsondecode(aws_sfn_state_machine.this["this"].definition).States) == ["Choose", "List", "Number", "Overlap", "RunAll"]
    error_message = "Copies must be started only after the look at other runs."
  }
}

run "runs_may_overlap" {
  variables {
    overlapping_runs = true
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).StartAt == "Run" && keys(jsondecode(aws_sfn_state_machine.this["this"].definition).States) == ["Run"] && !strcontains(aws_iam_policy.states["this"].policy, "states:ListExecutions")
    error_message = "Where runs may overlap, none must look for others, nor be allowed to."
  }
}

run "own_cluster_has_container_insights" {
  assert {
    condition     = aws_ecs_cluster.this["this"].name == "acme-prod-orders" && one(aws_ecs_cluster.this["this"].setting) == { name = "containerInsights", value = "enabled" }
    error_message = "The module's own cluster must record Container Insights."
  }
}

run "existing_cluster_is_used" {
  variables {
    cluster_name = "shared"
  }

  assert {
    condition     = length(aws_ecs_cluster.this) == 0 && output.cluster_name == "shared" && output.cluster_arn == "arn:aws:ecs:eu-central-1:123456789012:cluster/shared"
    error_message = "An existing cluster must be used, and none made."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this["this"].definition).States.Run.Parameters.Cluster == "arn:aws:ecs:eu-central-1:123456789012:cluster/shared"
    error_message = "Runs must start on the existing cluster."
  }
}

run "outputs_of_a_job" {
  assert {
    condition     = output.id == "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" && output.state_machine_arn == output.id && output.endpoint_url == "https://states.eu-central-1.amazonaws.com/"
    error_message = "A job must be known by its state machine and started at the Step Functions API."
  }

  assert {
    condition     = output.service_name == "acme-prod-orders" && output.service_arn == null && output.schedule_arn == null && output.alarm_arns == {}
    error_message = "What was not made must be null."
  }

  assert {
    condition     = output.ecs_cluster_arn == output.cluster_arn && output.ecs_task_definition_arn == output.task_definition_arn && output.task_definition_family == "acme-prod-orders" && output.ecs_task_role_arn == output.task_role_arn && output.ecs_task_execution_role_arn == output.execution_role_arn && output.task_execution_role_arn == output.execution_role_arn && output.security_group_ids == toset([output.security_group_id]) && output.log_group_name == "/ecs/acme-prod-orders"
    error_message = "The outputs with two names must agree."
  }
}

run "dagster_launcher_gets_its_settings" {
  assert {
    condition = output.dagster_ecs_config == {
      task_definition             = "acme-prod-orders"
      container_name              = "job"
      use_current_ecs_task_config = false
      run_resources               = { cpu = "1024", memory = "2048" }
      run_task_kwargs = {
        cluster              = "arn:aws:ecs:eu-central-1:123456789012:cluster/own"
        launchType           = "FARGATE"
        propagateTags        = "TASK_DEFINITION"
        enableECSManagedTags = true
        networkConfiguration = {
          awsvpcConfiguration = { subnets = tolist(["subnet-a", "subnet-b"]), securityGroups = tolist(["sg-00000000000000001"]), assignPublicIp = "DISABLED" }
        }
      }
    }
    error_message = "Dagster must start runs in the same place and with the same tags."
  }
}

run "airflow_operator_gets_its_settings" {
  assert {
    condition = output.airflow_ecs_config == {
      awslogs_group         = "/ecs/acme-prod-orders"
      awslogs_region        = "eu-central-1"
      awslogs_stream_prefix = "task"
      cluster               = "arn:aws:ecs:eu-central-1:123456789012:cluster/own"
      container_name        = "job"
      launch_type           = "FARGATE"
      network_configuration = {
        awsvpcConfiguration = { subnets = tolist(["subnet-a", "subnet-b"]), securityGroups = tolist(["sg-00000000000000001"]), assignPublicIp = "DISABLED" }
      }
      propagate_tags  = "TASK_DEFINITION"
      region_name     = "eu-central-1"
      task_definition = "acme-prod-orders"
    }
    error_message = "Airflow must start runs in the same place, with the same tags, and find their logs."
  }
}
