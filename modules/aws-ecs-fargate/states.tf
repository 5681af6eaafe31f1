# A batch job. ECS knows neither a timeout nor retries for a task; a state machine gives it both.

locals {
  # The cloud's own faults at a start: no capacity (AmazonECS.Unknown, a response with failures), throttling, a fault of the
  # service. They say nothing of the job, and pass; so they do not count as its retries.
  # https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
  # https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity
  start_retry = {
    ErrorEquals     = ["AmazonECS.Unknown", "ECS.AmazonECSException", "ECS.ServerException"]
    MaxAttempts     = 5
    IntervalSeconds = 30
    BackoffRate     = 2
    MaxDelaySeconds = 300
    JitterStrategy  = "FULL"
  }

  run_task = {
    Type     = "Task"
    Resource = "arn:${local.partition}:states:::ecs:runTask.sync"
    Parameters = {
      for key, value in {
        LaunchType = "FARGATE"
        Cluster    = local.cluster_arn
        # The family means its newest revision: a retry finds one, too, when an apply came in between.
        TaskDefinition = aws_ecs_task_definition.this.family
        # Fargate bills tasks, so they must carry the tags. ECS's own tags are no parameter that Step Functions knows.
        PropagateTags = "TASK_DEFINITION"
        NetworkConfiguration = { AwsvpcConfiguration = {
          Subnets        = sort(var.network.subnet_ids)
          SecurityGroups = sort(local.security_group_ids)
          AssignPublicIp = var.network.private ? "DISABLED" : "ENABLED"
        } }
        Overrides = var.parallelism == 1 ? null : { ContainerOverrides = [{
          Name = local.container_name
          Environment = [
            { Name = "TASK_INDEX", "Value.$" = "States.Format('{}', $)" },
            { Name = "TASK_COUNT", Value = tostring(var.parallelism) },
          ]
        }] }
      } : key => value if value != null
    }
    TimeoutSeconds = var.timeout_seconds
    Retry = concat([local.start_retry], [for attempts in [var.max_retries] : {
      # States.TaskFailed is every error but States.Timeout.
      ErrorEquals     = ["States.TaskFailed"]
      MaxAttempts     = attempts
      IntervalSeconds = 30
      BackoffRate     = 2
      MaxDelaySeconds = 900
      JitterStrategy  = "FULL"
    } if attempts > 0])
    # The description of forty tasks would not fit into a state's output of 256 KiB.
    ResultPath = null
    End        = true
  }

  run_once = {
    StartAt = "Run"
    States  = { Run = local.run_task }
  }

  run_side_by_side = {
    StartAt = "Number"
    States = {
      Number = {
        Type   = "Pass"
        Result = range(var.parallelism)
        Next   = "RunAll"
      }
      RunAll = {
        Type           = "Map"
        ItemsPath      = "$"
        MaxConcurrency = var.parallelism
        ItemProcessor  = merge({ ProcessorConfig = { Mode = "INLINE" } }, local.run_once)
        ResultPath     = null
        End            = true
      }
    }
  }

  # Encoded: the two have attributes of their own, which a condition would have to agree on.
  run = jsondecode(var.parallelism == 1 ? jsonencode(local.run_once) : jsonencode(local.run_side_by_side))

  # A run that finds an earlier one still going on fails, and leaves it alone. Executions are listed with the newest first:
  # of two that start at once, the one that began earlier goes on.
  # https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
  run_alone = {
    StartAt = "List"
    States = merge({
      List = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::aws-sdk:sfn:listExecutions"
        Parameters = {
          "StateMachineArn.$" = "$$.StateMachine.Id"
          StatusFilter        = "RUNNING"
          MaxResults          = 1000
        }
        ResultSelector = { "Earliest.$" = "$.Executions[-1:].ExecutionArn", "Self.$" = "$$.Execution.Id" }
        TimeoutSeconds = 60
        # Rights that an apply has just given take seconds to be known everywhere.
        Retry = [{
          ErrorEquals     = ["States.ALL"]
          MaxAttempts     = 5
          IntervalSeconds = 5
          BackoffRate     = 2
          JitterStrategy  = "FULL"
        }]
        Next = "Choose"
      }
      Choose = {
        Type = "Choice"
        Choices = [{
          And = [
            { Variable = "$.Earliest[0]", IsPresent = true },
            { Not = { Variable = "$.Earliest[0]", StringEqualsPath = "$.Self" } },
          ]
          Next = "Overlap"
        }]
        Default = local.run.StartAt
      }
      Overlap = {
        Type  = "Fail"
        Error = "Overlap"
        Cause = "An earlier run still goes on, and two at a time are not wanted (overlapping_runs)."
      }
    }, local.run.States)
  }
}

resource "aws_sfn_state_machine" "this" {
  # checkov:skip=CKV_AWS_284: a run is one task, whose history says what a trace would; the role for it would need a * as its resource.
  # checkov:skip=CKV_AWS_285: failures are logged; the data of executions is left out, since a log is read by more people than a job's input.
  for_each = toset(local.is_job ? ["this"] : [])

  name       = local.name
  type       = "STANDARD"
  role_arn   = aws_iam_role.states[each.key].arn
  definition = var.overlapping_runs ? jsonencode(local.run) : jsonencode(local.run_alone)
  tags       = var.tags

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.executions[each.key].arn}:*"
  }

  # Step Functions tries out the role's rights when a state machine is made, and a first run needs all of them, and its way out.
  depends_on = [
    aws_iam_role_policy_attachment.access,
    aws_iam_role_policy_attachment.execution,
    aws_iam_role_policy_attachment.states,
    aws_iam_role_policy_attachment.task,
    aws_vpc_security_group_egress_rule.further,
    aws_vpc_security_group_egress_rule.https,
  ]
}
