# What is run and how. Paths covered:
# - the image, its entry point and command, its architecture, its region
# - memory, disk, timeout, concurrency, tracing, log
# - environment variables and their key
# - retries and failures of runs that nobody waits for
# - outputs, the launchers' settings among them

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "defaults" {
  assert {
    condition     = aws_lambda_function.this.package_type == "Image" && aws_lambda_function.this.image_uri == var.image && aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "The function must be the image, for Intel processors."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 2048 && aws_lambda_function.this.timeout == 900 && aws_lambda_function.this.reserved_concurrent_executions == 1
    error_message = "Without sizes a function has 2048 MiB, 15 minutes, and one run at a time."
  }

  assert {
    condition     = length(aws_lambda_function.this.image_config) + length(aws_lambda_function.this.environment) + length(aws_lambda_function.this.vpc_config) == 0
    error_message = "What is not asked for must be left out."
  }

  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active"
    error_message = "Runs must be traced."
  }
}

run "an_image_config_tells_entry_point_from_command" {
  variables {
    command = ["/entry.sh", "-x"]
    args    = ["rates.handler"]
  }

  assert {
    condition     = aws_lambda_function.this.image_config[0].entry_point == tolist(["/entry.sh", "-x"]) && aws_lambda_function.this.image_config[0].command == tolist(["rates.handler"])
    error_message = "command must replace the image's entry point, and args its command."
  }
}

run "args_alone_leave_the_entry_point" {
  variables {
    args = ["rates.handler"]
  }

  assert {
    condition     = aws_lambda_function.this.image_config[0].entry_point == null && aws_lambda_function.this.image_config[0].command == tolist(["rates.handler"])
    error_message = "Without command the image's own entry point must stay."
  }
}

run "sizes_reach_the_function" {
  variables {
    cpu_architecture      = "ARM64"
    memory_mib            = 10240
    ephemeral_storage_mib = 10240
    timeout_seconds       = 61
    reserved_concurrency  = 5
  }

  assert {
    condition = (
      aws_lambda_function.this.architectures == tolist(["arm64"]) && aws_lambda_function.this.memory_size == 10240 && aws_lambda_function.this.timeout == 61
      && aws_lambda_function.this.ephemeral_storage[0].size == 10240 && aws_lambda_function.this.reserved_concurrent_executions == 5
    )
    error_message = "Architecture, memory, disk, timeout and concurrency must be those asked for."
  }
}

run "runs_may_overlap" {
  variables {
    reserved_concurrency = null
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "Without a reservation runs must share what the account has."
  }
}

run "variables_are_encrypted_with_the_modules_own_key" {
  variables {
    environment_variables = { LOG_LEVEL = "info" }
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables == tomap({ LOG_LEVEL = "info" }) && aws_lambda_function.this.kms_key_arn == aws_kms_key.this["this"].arn
    error_message = "Environment variables must be encrypted with the key that the module makes."
  }
}

run "variables_are_encrypted_with_the_callers_key" {
  variables {
    environment_variables = { LOG_LEVEL = "info" }
    kms_key_id            = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.kms_key_id && length(aws_kms_key.this) == 0 && output.kms_key_arn == var.kms_key_id
    error_message = "With a key of the caller no other must be made."
  }
}

run "no_variables_no_key" {
  variables {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == null
    error_message = "Lambda forgets a key that encrypts nothing, so that each plan would set it again."
  }
}

run "an_image_of_another_region_is_refused" {
  command = plan

  variables {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/etl:1.4.0"
  }

  expect_failures = [aws_lambda_function.this]
}

run "failures_are_kept" {
  variables {
    max_retries = 2
  }

  assert {
    condition = (
      aws_lambda_function_event_invoke_config.this.maximum_retry_attempts == 2
      && aws_lambda_function_event_invoke_config.this.destination_config[0].on_failure[0].destination == aws_sqs_queue.dead_letters.arn
      && aws_lambda_function_event_invoke_config.this.function_name == "acme-prod-orders"
    )
    error_message = "A run that fails for good must end in the queue after max_retries."
  }
}

run "launchers" {
  variables {
    timeout_seconds = 300
  }

  assert {
    condition = output.airflow_lambda_config == {
      function_name   = "acme-prod-orders"
      qualifier       = "$LATEST"
      invocation_type = "RequestResponse"
      region_name     = "eu-central-1"
      botocore_config = { connect_timeout = 10, read_timeout = 310, tcp_keepalive = true, retries = { total_max_attempts = 1 } }
    }
    error_message = "Airflow must wait for the run's end, longer than its timeout, and start it once."
  }

  assert {
    condition     = output.dagster_lambda_config == { function_name = "acme-prod-orders", region_name = "eu-central-1", read_timeout_seconds = 310 }
    error_message = "Dagster must get the function's name, its region and how long to wait."
  }
}

run "outputs_of_every_module" {
  assert {
    condition = (
      output.id == aws_lambda_function.this.arn && output.name == "acme-prod-orders" && output.cluster_name == null && output.service_name == "acme-prod-orders"
      && output.endpoint_url == "https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/acme-prod-orders/invocations"
    )
    error_message = "The outputs must name the function, and nothing that there is not."
  }

  assert {
    condition     = output.dead_letter_queue_url == aws_sqs_queue.dead_letters.url && output.execution_role_arn == aws_iam_role.execution["this"].arn && output.security_group_id == null && length(output.security_group_ids) == 0
    error_message = "The outputs must name queue and role; there is no group without a network."
  }
}
