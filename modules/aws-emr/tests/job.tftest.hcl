# What a run is. Paths covered:
# - spark-submit of a Python file, with variables, options and arguments in order; of a jar
# - a command, with and without variables
# - timeout and retries; neither retry nor catch without any
# - an existing cluster: nothing but steps
# - what Airflow and callers are told
# - a step that is longer than EMR takes

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "spark_submit_has_everything_in_its_place" {
  variables {
    args                  = ["--full", "it's $${HOME}"]
    environment_variables = { A = "1", B = "two words" }
    spark_options         = ["--conf", "spark.executor.memory=4g"]
  }

  assert {
    condition = jsondecode(aws_sfn_state_machine.this.definition).States.Run.Parameters.Step.HadoopJarStep == {
      Jar = "command-runner.jar"
      Args = [
        "env", "A=1", "B=two words",
        "spark-submit", "--deploy-mode", "client", "--name", "acme-prod-orders",
        "--conf", "spark.executorEnv.A=1", "--conf", "spark.executorEnv.B=two words",
        "--conf", "spark.executor.memory=4g",
        "s3://code/orders/main.py", "--full", "it's $${HOME}",
      ]
    }
    error_message = "Variables and options must come before the file, arguments after it."
  }
}

run "driver_on_another_node_has_its_variables_from_spark" {
  variables {
    deploy_mode           = "cluster"
    environment_variables = { A = "1" }
  }

  assert {
    condition = jsondecode(aws_sfn_state_machine.this.definition).States.Run.Parameters.Step.HadoopJarStep.Args == [
      "spark-submit", "--deploy-mode", "cluster", "--name", "acme-prod-orders",
      "--conf", "spark.yarn.appMasterEnv.A=1", "--conf", "spark.executorEnv.A=1", "s3://code/orders/main.py",
    ]
    error_message = "In cluster mode the driver is on another node, where Spark must set its variables."
  }
}

run "run_is_one_step_on_this_cluster" {
  variables {
    max_retries     = 2
    timeout_seconds = 7200
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Run.Resource == "arn:aws:states:::elasticmapreduce:addStep.sync" && jsondecode(aws_sfn_state_machine.this.definition).States.Run.Parameters.ClusterId == "j-MADEBYTESTS1"
    error_message = "A run must be a step on the cluster of the module, and wait for its end."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Run.TimeoutSeconds == 7200 && jsondecode(aws_sfn_state_machine.this.definition).States.Run.Retry[1].MaxAttempts == 2 && jsondecode(aws_sfn_state_machine.this.definition).States.Run.Retry[0].ErrorEquals == ["EMR.AmazonElasticMapReduceException", "EMR.InternalServerException"]
    error_message = "A run must end in time, and be tried again as often as asked."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Run.Parameters.Step.ActionOnFailure == "CONTINUE"
    error_message = "A failed step must not stop the cluster."
  }
}

run "no_retries_no_retry_block" {
  assert {
    condition     = [for retry in jsondecode(aws_sfn_state_machine.this.definition).States.Run.Retry : retry if contains(retry.ErrorEquals, "States.TaskFailed")] == []
    error_message = "Without retries nothing must be tried again but a start that failed by the cloud's fault."
  }
}

run "command_is_run_as_it_is" {
  variables {
    entry_point = null
    command     = ["hive", "-f"]
    args        = ["s3://code/q.sql"]
  }

  assert {
    condition     = output.airflow_emr_config.steps[0].HadoopJarStep.Args == tolist(["hive", "-f", "s3://code/q.sql"])
    error_message = "A command must be followed by args and nothing else."
  }
}

run "command_gets_variables_from_env" {
  variables {
    entry_point           = null
    command               = ["hive"]
    environment_variables = { LEVEL = "info" }
  }

  assert {
    condition     = output.airflow_emr_config.steps[0].HadoopJarStep.Args == tolist(["env", "LEVEL=info", "hive"])
    error_message = "A command must find its variables set."
  }
}

run "existing_cluster_gets_steps_only" {
  variables {
    cluster_id = "j-2AXXXXXXGAPLF"
    network    = null
  }

  assert {
    condition     = length(aws_emr_cluster.this) + length(aws_kms_key.this) + length(aws_s3_bucket.logs) + length(aws_security_group.nodes) + length(aws_iam_role.service) + length(aws_iam_role.instance) == 0
    error_message = "On an existing cluster nothing of a cluster must be made."
  }

  assert {
    condition     = output.cluster_id == "j-2AXXXXXXGAPLF" && output.emr_cluster_arn == "arn:aws:elasticmapreduce:eu-central-1:123456789012:cluster/j-2AXXXXXXGAPLF" && output.cluster_name == null && output.emr_log_bucket == null
    error_message = "The outputs must name the existing cluster, and no more than is known of it."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Run.Parameters.ClusterId == "j-2AXXXXXXGAPLF"
    error_message = "Steps must be added to the existing cluster."
  }
}

run "airflow_gets_operator_arguments" {
  assert {
    condition     = keys(output.airflow_emr_config) == ["job_flow_id", "region_name", "steps"] && output.airflow_emr_config.job_flow_id == "j-MADEBYTESTS1" && keys(output.airflow_emr_config.steps[0]) == ["ActionOnFailure", "HadoopJarStep", "Name"]
    error_message = "Airflow's EmrAddStepsOperator must find its arguments."
  }
}

run "callers_are_told_where_runs_start" {
  assert {
    condition     = output.endpoint_url == "https://states.eu-central-1.amazonaws.com/" && output.id == output.state_machine_arn && output.service_name == "acme-prod-orders"
    error_message = "The outputs must say what runs the job, and where it is started."
  }
}

run "step_has_10280_characters_at_most" {
  command = plan

  variables {
    entry_point = null
    command     = ["echo"]
    args        = [join("", [for n in range(1000) : "ten letters"])]
  }

  expect_failures = [aws_sfn_state_machine.this]
}
