# The job: a step on the cluster. EMR knows neither a timeout nor retries for a step; a state machine gives it both.

locals {
  # Where the driver is on another node, Spark itself must set its variables; those of executors it sets always.
  spark_variables = flatten([for key, value in var.environment_variables : concat(
    var.deploy_mode == "cluster" ? ["--conf", "spark.yarn.appMasterEnv.${key}=${value}"] : [],
    ["--conf", "spark.executorEnv.${key}=${value}"],
  )])

  spark_submit = concat(
    var.deploy_mode == "cluster" ? [] : local.set_variables,
    ["spark-submit", "--deploy-mode", var.deploy_mode, "--name", local.name],
    local.spark_variables,
    var.spark_options,
    compact([var.entry_point]),
  )

  # What runs on the primary node, a command or the driver, gets them from env.
  set_variables = length(var.environment_variables) == 0 ? [] : concat(["env"], [for key, value in var.environment_variables : "${key}=${value}"])

  step_args = concat(var.entry_point == null ? concat(local.set_variables, var.command) : local.spark_submit, var.args)

  step = {
    Name = local.name
    # What a failed step means is for the state machine to say; the cluster stays.
    ActionOnFailure = "CONTINUE"
    HadoopJarStep = {
      Jar  = "command-runner.jar"
      Args = local.step_args
    }
  }

  # Throttling and faults of EMR itself at a start; they say nothing of the job, so they do not count as its retries.
  start_retry = {
    ErrorEquals     = ["EMR.AmazonElasticMapReduceException", "EMR.InternalServerException"]
    MaxAttempts     = 5
    IntervalSeconds = 30
    BackoffRate     = 2
    MaxDelaySeconds = 300
    JitterStrategy  = "FULL"
  }

  run_step = {
    Type     = "Task"
    Resource = "arn:${local.partition}:states:::elasticmapreduce:addStep.sync"
    Parameters = {
      ClusterId = local.cluster_id
      Step      = local.step
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
    ResultPath = null
    End        = true
  }

  # https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-add-steps-cli.html
  step_longest = 10280
}

resource "aws_sfn_state_machine" "this" {
  # checkov:skip=CKV_AWS_284: a run is one step, whose history says what a trace would; the role for it would need a * as its resource.
  # checkov:skip=CKV_AWS_285: failures are logged; the data of executions is left out, since a log is read by more people than a job's input.
  name     = local.name
  type     = "STANDARD"
  role_arn = aws_iam_role.states.arn
  definition = jsonencode({
    StartAt = "Run"
    States  = { Run = local.run_step }
  })
  tags = var.tags

  logging_configuration {
    level                  = "ERROR"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.executions.arn}:*"
  }

  lifecycle {
    precondition {
      condition     = length(join(" ", local.step_args)) <= local.step_longest
      error_message = "The command of the step, with its options, variables and args, is longer than the ${local.step_longest} characters that EMR takes; read what is long from S3."
    }
  }

  # Step Functions tries out the role's rights when a state machine is made.
  depends_on = [aws_iam_role_policy_attachment.states]
}
