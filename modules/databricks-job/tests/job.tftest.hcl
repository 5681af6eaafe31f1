# What is run, when and for how long. Paths covered:
# - a notebook, with and without parameters; a Python file; a wheel
# - limits, retries, no overlap, queue or none
# - schedule, paused schedule, none; files that arrive, tables that change
# - service principal or owner
# - outputs of a job on a cluster of its own and on an existing one

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "notebook" {
  variables {
    args = ["day=2026-01-01", "query=a=b", "empty="]
  }

  assert {
    condition     = one(databricks_job.this.task[0].notebook_task).notebook_path == "/Shared/etl/orders"
    error_message = "A path without .py is that of a notebook."
  }

  assert {
    condition     = one(databricks_job.this.task[0].notebook_task).base_parameters == tomap({ day = "2026-01-01", query = "a=b", empty = "" })
    error_message = "Parameters of a notebook are NAME=VALUE, split at the first equals sign."
  }

  assert {
    condition     = length(databricks_job.this.task) == 1 && length(databricks_job.this.task[0].spark_python_task) == 0 && length(databricks_job.this.task[0].python_wheel_task) == 0 && length(databricks_job.this.task[0].library) == 0
    error_message = "A notebook must be the only thing that is run."
  }
}

run "python_file" {
  variables {
    entry_point = "s3://acme-code/etl/orders.py"
    args        = ["--day", "today"]
  }

  assert {
    condition     = one(databricks_job.this.task[0].spark_python_task).python_file == "s3://acme-code/etl/orders.py" && one(databricks_job.this.task[0].spark_python_task).parameters == tolist(["--day", "today"])
    error_message = "What ends in .py is a Python file, and args are its arguments in order."
  }

  assert {
    condition     = length(databricks_job.this.task[0].notebook_task) == 0
    error_message = "A Python file must be the only thing that is run."
  }
}

run "wheel" {
  variables {
    wheel       = "/Volumes/etl/prod/wheels/etl-1.4.0-py3-none-any.whl"
    entry_point = "etl-jobs:run"
    args        = ["orders"]
  }

  assert {
    condition     = one(databricks_job.this.task[0].python_wheel_task).package_name == "etl-jobs" && one(databricks_job.this.task[0].python_wheel_task).entry_point == "run" && one(databricks_job.this.task[0].python_wheel_task).parameters == tolist(["orders"])
    error_message = "package:function of the wheel must be what is run, with args."
  }

  assert {
    condition     = one(databricks_job.this.task[0].library).whl == "/Volumes/etl/prod/wheels/etl-1.4.0-py3-none-any.whl"
    error_message = "The wheel must be installed for the task."
  }
}

run "limits_by_default" {
  assert {
    condition     = databricks_job.this.task[0].timeout_seconds == 3600 && databricks_job.this.task[0].max_retries == 0 && databricks_job.this.task[0].retry_on_timeout == false
    error_message = "A run must end after an hour, and not be tried again."
  }

  assert {
    condition     = databricks_job.this.max_concurrent_runs == 1 && one(databricks_job.this.queue).enabled
    error_message = "Runs must not overlap; one that is due must wait."
  }

  assert {
    condition     = length(databricks_job.this.schedule) == 0 && length(databricks_job.this.health) == 0 && length(databricks_job.this.email_notifications) == 0 && length(databricks_job.this.webhook_notifications) == 0
    error_message = "Nothing that was not asked for must be there."
  }

  assert {
    condition     = length(databricks_permissions.this) == 0
    error_message = "Without permissions there must be no list of them."
  }
}

run "retries_and_no_queue" {
  variables {
    max_retries     = 3
    timeout_seconds = 600
    queue           = false
  }

  assert {
    condition     = databricks_job.this.task[0].max_retries == 3 && databricks_job.this.task[0].min_retry_interval_millis == 60000 && databricks_job.this.task[0].timeout_seconds == 600
    error_message = "A failed run must be tried again, a minute after it started."
  }

  assert {
    condition     = one(databricks_job.this.queue).enabled == false && databricks_job.this.max_concurrent_runs == 1
    error_message = "Without the queue a run that is due is skipped, and still none overlap."
  }
}

run "schedule" {
  variables {
    schedule = { expression = "0 30 2 ? * MON-FRI", timezone = "Europe/Berlin" }
  }

  assert {
    condition     = one(databricks_job.this.schedule).quartz_cron_expression == "0 30 2 ? * MON-FRI" && one(databricks_job.this.schedule).timezone_id == "Europe/Berlin" && one(databricks_job.this.schedule).pause_status == "UNPAUSED"
    error_message = "The schedule must be handed on, and fire."
  }
}

run "paused_schedule" {
  variables {
    schedule = { expression = "0 0 2 * * ?", enabled = false }
  }

  assert {
    condition     = one(databricks_job.this.schedule).pause_status == "PAUSED" && one(databricks_job.this.schedule).timezone_id == "UTC"
    error_message = "A schedule that is not enabled must be paused, and UTC is the default."
  }
}

run "files_that_arrive" {
  variables {
    trigger = { url = "s3://acme-landing/orders/", wait_after_last_change_seconds = 120 }
  }

  assert {
    condition     = one(one(databricks_job.this.trigger).file_arrival).url == "s3://acme-landing/orders/" && one(one(databricks_job.this.trigger).file_arrival).wait_after_last_change_seconds == 120
    error_message = "Files that arrive must start runs, after a quiet time."
  }

  assert {
    condition     = one(databricks_job.this.trigger).pause_status == "UNPAUSED" && length(one(databricks_job.this.trigger).table_update) == 0 && length(databricks_job.this.schedule) == 0
    error_message = "Nothing else must start them."
  }
}

run "tables_that_change" {
  variables {
    trigger = { table_names = ["etl.raw.orders", "etl.raw.items"], all_tables = true, min_time_between_triggers_seconds = 600, enabled = false }
  }

  assert {
    condition     = one(one(databricks_job.this.trigger).table_update).table_names == tolist(["etl.raw.items", "etl.raw.orders"]) && one(one(databricks_job.this.trigger).table_update).condition == "ALL_UPDATED"
    error_message = "Runs must wait until each table has changed."
  }

  assert {
    condition     = one(databricks_job.this.trigger).pause_status == "PAUSED" && one(one(databricks_job.this.trigger).table_update).min_time_between_triggers_seconds == 600
    error_message = "A trigger that is not enabled must be paused."
  }
}

run "service_principal" {
  variables {
    identity = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
  }

  assert {
    condition     = one(databricks_job.this.run_as).service_principal_name == "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4" && output.run_as == "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
    error_message = "Runs must be made as the service principal."
  }
}

run "outputs" {
  assert {
    condition     = output.id == "620713390412345" && output.airflow_databricks_config == { job_id = 620713390412345 } && output.dagster_databricks_config == { databricks_job_id = 620713390412345 }
    error_message = "The job's id is what starts it; launchers take it as a number."
  }

  assert {
    condition     = output.endpoint_url == "https://acme.cloud.databricks.com/api/2.2/jobs/run-now" && output.job_url == "https://acme.cloud.databricks.com/#job/620713390412345"
    error_message = "The address of the API must be in the job's own workspace."
  }

  assert {
    condition     = output.invoke_command == "DATABRICKS_HOST=https://acme.cloud.databricks.com databricks jobs run-now 620713390412345"
    error_message = "The command must start the job in its own workspace."
  }

  assert {
    condition     = output.cluster_name == null && output.service_name == "acme-prod-orders" && output.run_as == null && output.name == "acme-prod-orders"
    error_message = "What is not made must be null."
  }
}

run "existing_cluster" {
  variables {
    existing_cluster_id = "0923-164208-meows279"
    nodes               = {}
    release             = null
  }

  assert {
    condition     = databricks_job.this.task[0].existing_cluster_id == "0923-164208-meows279" && databricks_job.this.task[0].job_cluster_key == null && length(databricks_job.this.job_cluster) == 0
    error_message = "The job must run on the cluster, and make none."
  }

  assert {
    condition     = output.cluster_name == "0923-164208-meows279"
    error_message = "The output must name the cluster."
  }
}
