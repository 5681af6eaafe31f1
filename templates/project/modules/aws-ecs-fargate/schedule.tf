locals {
  schedules = { for schedule in var.schedule[*] : "this" => schedule if local.is_job }
}

# A schedule cannot be tagged, its group can: each job has a group of its own.
resource "aws_scheduler_schedule_group" "this" {
  for_each = toset(keys(local.schedules))

  name = local.name
  tags = var.tags
}

resource "aws_scheduler_schedule" "this" {
  # checkov:skip=CKV_AWS_297: the schedule holds an empty input, nothing of the job; the key that AWS owns encrypts it.
  for_each = local.schedules

  name                         = local.name
  group_name                   = aws_scheduler_schedule_group.this[each.key].name
  description                  = "Starts ${local.name}"
  schedule_expression          = each.value.expression
  schedule_expression_timezone = each.value.timezone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.this[each.key].arn
    role_arn = aws_iam_role.scheduler[each.key].arn
    input    = jsonencode({})

    # By default a start is tried again for a day: a nightly run in the middle of the next day helps nobody.
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 10
    }
  }

  depends_on = [aws_iam_role_policy_attachment.scheduler]
}

resource "aws_iam_role" "scheduler" {
  for_each = toset(keys(local.schedules))

  name        = "${local.name}-scheduler"
  description = "Lets EventBridge Scheduler start ${local.name}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      # The source that EventBridge Scheduler names is the group, not the schedule.
      # https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account_id
          "aws:SourceArn"     = "arn:${local.partition}:scheduler:${local.region}:${local.account_id}:schedule-group/${local.name}"
        }
      }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "scheduler" {
  for_each = aws_iam_role.scheduler

  name        = "${local.name}-scheduler"
  description = "Start of ${local.name}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "StartRun"
      Effect   = "Allow"
      Action   = ["states:StartExecution"]
      Resource = [aws_sfn_state_machine.this[each.key].arn]
    }]
  })
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "scheduler" {
  for_each = aws_iam_policy.scheduler

  role       = aws_iam_role.scheduler[each.key].name
  policy_arn = each.value.arn
}
