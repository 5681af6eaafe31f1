# What else starts runs than the schedule. Paths covered:
# - a queue: its mapping, the rights on it and on its key, how many runs at a time, FIFO
# - what a queue cannot have
# - roles of others that may invoke the function; of another account

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "no_queue_and_no_invokers" {
  assert {
    condition     = length(aws_lambda_event_source_mapping.queue) + length(aws_lambda_permission.invoke) == 0 && !strcontains(aws_iam_policy.execution["this"].policy, "sqs:ReceiveMessage")
    error_message = "Unasked no queue and no role may start runs."
  }

  assert {
    condition     = output.invoke_command == "aws lambda invoke --region eu-central-1 --function-name acme-prod-orders --invocation-type Event /dev/null"
    error_message = "The command must start a run and not wait for its end."
  }
}

run "queue_starts_runs" {
  variables {
    reserved_concurrency = 5
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", batch_size = 500, batching_window_seconds = 60, report_failures = true, kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
    tags                 = { Owner = "etl" }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue["this"].event_source_arn == var.queue_trigger.queue_arn && aws_lambda_event_source_mapping.queue["this"].batch_size == 500 && aws_lambda_event_source_mapping.queue["this"].maximum_batching_window_in_seconds == 60 && aws_lambda_event_source_mapping.queue["this"].function_response_types == toset(["ReportBatchItemFailures"]) && aws_lambda_event_source_mapping.queue["this"].tags == tomap({ Owner = "etl" })
    error_message = "The queue must be read as asked for, and the mapping be tagged."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue["this"].scaling_config[0].maximum_concurrency == 5
    error_message = "The queue must start no more runs at a time than are reserved."
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_policy.execution["this"].policy).Statement : statement.Sid => [statement.Action, statement.Resource] if contains(["TakeMessages", "DecryptMessages"], statement.Sid) } == { TakeMessages = [["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], ["arn:aws:sqs:eu-central-1:123456789012:clicks"]], DecryptMessages = [["kms:Decrypt"], ["arn:aws:kms:eu-central-1:123456789012:key/1"]] }
    error_message = "The function must be allowed to take messages of this queue, and to decrypt them."
  }
}

run "fifo_queue_with_what_is_not_reserved" {
  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks.fifo", enabled = false }
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.queue["this"].scaling_config) == 0 && !aws_lambda_event_source_mapping.queue["this"].enabled
    error_message = "Without a reservation nothing bounds the queue, and a mapping may be off."
  }
}

run "fewer_runs_than_reserved" {
  variables {
    reserved_concurrency = 5
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", maximum_concurrency = 2 }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.queue["this"].scaling_config[0].maximum_concurrency == 2
    error_message = "The queue's own bound must hold."
  }
}

run "one_run_at_a_time_is_too_few" {
  command = plan

  variables {
    queue_trigger = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks" }
  }

  expect_failures = [var.queue_trigger]
}

run "more_runs_than_reserved" {
  command = plan

  variables {
    reserved_concurrency = 5
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", maximum_concurrency = 6 }
  }

  expect_failures = [var.queue_trigger]
}

run "bound_of_one" {
  command = plan

  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", maximum_concurrency = 1 }
  }

  expect_failures = [var.queue_trigger]
}

run "large_batch_without_a_window" {
  command = plan

  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", batch_size = 11 }
  }

  expect_failures = [var.queue_trigger]
}

run "fifo_queue_with_a_window" {
  command = plan

  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks.fifo", batching_window_seconds = 5 }
  }

  expect_failures = [var.queue_trigger]
}

run "queue_by_its_address" {
  command = plan

  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "https://sqs.eu-central-1.amazonaws.com/123456789012/clicks" }
  }

  expect_failures = [var.queue_trigger]
}

run "key_of_the_queue_by_its_alias" {
  command = plan

  variables {
    reserved_concurrency = null
    queue_trigger        = { queue_arn = "arn:aws:sqs:eu-central-1:123456789012:clicks", kms_key_arn = "alias/queues" }
  }

  expect_failures = [var.queue_trigger]
}

run "invokers_may_invoke" {
  variables {
    invokers = ["arn:aws:iam::123456789012:role/orchestration/dagster"]
  }

  assert {
    condition     = [for permission in aws_lambda_permission.invoke : [permission.principal, permission.action, permission.function_name]] == [["arn:aws:iam::123456789012:role/orchestration/dagster", "lambda:InvokeFunction", "acme-prod-orders"]]
    error_message = "Each role must be allowed to invoke this function."
  }
}

run "invoker_of_another_account" {
  command = plan

  variables {
    invokers = ["arn:aws:iam::999999999999:role/dagster"]
  }

  expect_failures = [aws_lambda_permission.invoke]
}

run "invoker_that_is_no_role" {
  command = plan

  variables {
    invokers = ["dagster"]
  }

  expect_failures = [var.invokers]
}
