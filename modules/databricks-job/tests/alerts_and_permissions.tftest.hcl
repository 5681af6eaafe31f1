# Who hears of runs, and who may do what. Paths covered:
# - addresses and notification destinations, with and without a limit on the length of runs
# - permissions of groups, users and service principals

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

run "addresses_alone" {
  variables {
    alerts = { channels = ["b@example.com", "a@example.com"] }
  }

  assert {
    condition     = one(databricks_job.this.email_notifications).on_failure == tolist(["a@example.com", "b@example.com"]) && one(databricks_job.this.email_notifications).on_duration_warning_threshold_exceeded == null
    error_message = "Each address must hear of failed runs, and of no others."
  }

  assert {
    condition     = length(databricks_job.this.webhook_notifications) == 0 && length(databricks_job.this.health) == 0
    error_message = "Nobody else must be told, and no length of runs be watched."
  }
}

run "destinations_alone" {
  variables {
    alerts = { channels = ["3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"] }
  }

  assert {
    condition     = one(one(databricks_job.this.webhook_notifications).on_failure).id == "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f" && length(one(databricks_job.this.webhook_notifications).on_duration_warning_threshold_exceeded) == 0
    error_message = "The destination must hear of failed runs, and of no others."
  }

  assert {
    condition     = length(databricks_job.this.email_notifications) == 0
    error_message = "Nobody must get e-mails."
  }
}

run "long_runs" {
  variables {
    alerts = { channels = ["a@example.com", "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"], run_seconds = 900 }
  }

  assert {
    condition     = one(one(databricks_job.this.health).rules).metric == "RUN_DURATION_SECONDS" && one(one(databricks_job.this.health).rules).op == "GREATER_THAN" && one(one(databricks_job.this.health).rules).value == 900
    error_message = "The length of runs must be watched."
  }

  assert {
    condition     = one(databricks_job.this.email_notifications).on_duration_warning_threshold_exceeded == tolist(["a@example.com"]) && one(one(databricks_job.this.webhook_notifications).on_duration_warning_threshold_exceeded).id == "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"
    error_message = "All channels must hear of long runs."
  }
}

run "permissions" {
  variables {
    permissions = {
      data-engineers                         = "CAN_MANAGE_RUN"
      "auditor@example.com"                  = "CAN_VIEW"
      "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4" = "IS_OWNER"
    }
  }

  assert {
    condition     = databricks_permissions.this["this"].job_id == databricks_job.this.id && length(databricks_permissions.this["this"].access_control) == 3
    error_message = "There must be one list, with an entry for each principal."
  }

  assert {
    condition = toset([
      for entry in databricks_permissions.this["this"].access_control :
      jsonencode([entry.group_name, entry.user_name, entry.service_principal_name, entry.permission_level])
      ]) == toset([
      jsonencode(["data-engineers", null, null, "CAN_MANAGE_RUN"]),
      jsonencode([null, "auditor@example.com", null, "CAN_VIEW"]),
      jsonencode([null, null, "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4", "IS_OWNER"]),
    ])
    error_message = "A name is a group, an address a user, a UUID a service principal."
  }
}
