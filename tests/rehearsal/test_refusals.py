"""What the clouds' APIs refuse is refused before anything is applied."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check

AWS = """
resource "aws_sns_topic" "tags" {
  name = "ok"
  tags = { Regulations = "GDPR,CCPA" }
}
resource "aws_iam_role" "keys" {
  name               = "ok"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  tags               = { Project = "a", project = "b" }
}
resource "aws_sfn_state_machine" "long" {
  name       = join("", [for _ in range(81) : "x"])
  role_arn   = "arn:aws:iam::123456789012:role/x"
  definition = jsonencode({ StartAt = "Gone", States = { A = { Type = "Succeed" } } })
}
resource "aws_scheduler_schedule" "cron" {
  name                = "ok"
  schedule_expression = "cron(0 2 * * * *)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:states:us-east-1:123456789012:stateMachine:x"
    role_arn = "arn:aws:iam::123456789012:role/x"
  }
}
resource "aws_ecs_task_definition" "size" {
  family                   = "ok"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 4096
  container_definitions    = jsonencode([
    { name = "job", image = "x", secrets = [{ name = "A", valueFrom = "arn" }] }
  ])
}
resource "aws_cloudwatch_log_group" "days" {
  name              = "ok"
  retention_in_days = 31
}
resource "aws_cloudwatch_metric_alarm" "rate" {
  alarm_name          = "ok"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 5
  metric_query {
    id          = "rate"
    expression  = "100 * failed / FILL(started, 0)"
    return_data = true
  }
  metric_query {
    id          = "Failed"
    return_data = true
    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsFailed"
      period      = 90
      stat        = "Sum"
    }
  }
}
"""
AWS_REFUSED = {
    "aws_cloudwatch_metric_alarm: an expression names no metric_query",
    "aws_cloudwatch_metric_alarm: invalid id of a metric_query",
    "aws_cloudwatch_metric_alarm: one metric_query returns data",
    "aws_cloudwatch_metric_alarm: invalid period",
    "aws_sns_topic: invalid tag",
    "aws_iam_role: tag keys differ in case only",
    "aws_iam_role: malformed assume_role_policy",
    "aws_sfn_state_machine: name is too long",
    "aws_sfn_state_machine: invalid definition",
    "aws_scheduler_schedule: invalid schedule_expression",
    "aws_ecs_task_definition: no such Fargate size",
    "aws_ecs_task_definition: Fargate needs execution_role_arn",
    "aws_cloudwatch_log_group: invalid retention_in_days",
}
GOOGLE = """
resource "google_service_account" "short" {
  account_id = "acme_job"
}
resource "google_storage_bucket" "label" {
  name     = "acme-data"
  location = "EU"
  labels   = { CostCenter = "FIN-001" }
}
resource "google_cloud_run_v2_job" "size" {
  name     = "acme-stripe_customers"
  location = "europe-west1"
  template {
    template {
      timeout = "700000s"
      containers {
        image = "x"
        resources { limits = { cpu = "1", memory = "8Gi" } }
      }
    }
  }
}
resource "google_cloud_run_v2_worker_pool" "size" {
  name     = "acme-stripe"
  location = "europe-west1"
  template {
    containers {
      image = "x"
      resources { limits = { cpu = "500m", memory = "512Mi" } }
    }
  }
}
resource "google_cloud_scheduler_job" "cron" {
  name     = "ok"
  schedule = "0 2 * * ? *"
  http_target {
    uri = "https://example.com/"
    oauth_token { service_account_email = "a@b.iam.gserviceaccount.com" }
  }
}
resource "google_logging_project_sink" "logs" {
  name        = "ok"
  destination = "logging.googleapis.com/projects/p/logs/n"
}
resource "google_monitoring_alert_policy" "ratio" {
  display_name = "ok"
  combiner     = "OR"
  conditions {
    display_name = "ok"
    condition_threshold {
      filter             = "resource.type = \\"cloud_run_job\\" AND metric.type = \\"x\\""
      denominator_filter = "resource.type = \\"cloud_run_job\\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "0s"
      aggregations { alignment_period = "86400s" }
      denominator_aggregations { alignment_period = "3600s" }
    }
  }
}
"""
GOOGLE_REFUSED = {
    "google_monitoring_alert_policy: filter names metric.type and resource.type",
    "google_monitoring_alert_policy: a ratio of unlike periods",
    "google_service_account: invalid account_id",
    "google_storage_bucket: invalid label key",
    "google_storage_bucket: invalid label value",
    "google_cloud_run_v2_job: invalid name",
    "google_cloud_run_v2_job: no such size",
    "google_cloud_run_v2_job: invalid timeout",
    "google_cloud_run_v2_worker_pool: no such size",
    "google_cloud_scheduler_job: invalid schedule",
    "google_cloud_scheduler_job: oauth_token is for *.googleapis.com",
    "google_logging_project_sink: invalid destination",
}
AZURE = """
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "tags" {
  name     = "ok"
  location = "westeurope"
  tags     = { "cost/center" = "x" }
}
resource "azurerm_log_analytics_workspace" "days" {
  name                = "acme-logs"
  location            = "westeurope"
  resource_group_name = "ok"
  retention_in_days   = 7
}
resource "azurerm_container_app_job" "job" {
  name                         = join("", [for _ in range(33) : "x"])
  location                     = "westeurope"
  resource_group_name          = "ok"
  container_app_environment_id = "/subscriptions/x"
  replica_timeout_in_seconds   = 60
  template {
    container {
      name   = "job"
      image  = "x"
      cpu    = 1
      memory = "1Gi"
      env {
        name        = "A"
        secret_name = "gone"
      }
    }
  }
}
"""
TRIGGERS = "event_trigger_config, manual_trigger_config, schedule_trigger_config"
AZURE_REFUSED = {
    "azurerm_resource_group: invalid tag name",
    "azurerm_log_analytics_workspace: invalid retention_in_days",
    "azurerm_container_app_job: name is too long",
    "azurerm_container_app_job: no such size",
    "azurerm_container_app_job: no such secret",
    f"azurerm_container_app_job: exactly one of {TRIGGERS}",
    "Invalid combination of arguments",
}


@pytest.mark.terraform
@pytest.mark.parametrize(
    ("cloud", "main", "refused"),
    [
        ("aws", AWS, AWS_REFUSED),
        ("google", GOOGLE, GOOGLE_REFUSED),
        ("azurerm", AZURE, AZURE_REFUSED),
    ],
    ids=["aws", "google", "azurerm"],
)
def test_names_tags_and_sizes_are_refused(
    make_root: Callable[..., str],
    attached: Mirror,
    terraform: Terraform,
    cloud: str,
    main: str,
    refused: set[str],
) -> None:
    """Every fault of a root is an error at its resource and its line, all in one run."""
    report = rehearse_root(make_root(cloud, main), mirror=attached, terraform=terraform)
    assert {error.summary for error in report.errors} == refused
    assert {error.file for error in report.errors} == {"main.tf"}
    assert [step.name for step in report.steps] == ["copy", "init", "validate"]


@pytest.mark.terraform
def test_default_tags_are_refused_too(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """What the provider adds to a resource's own tags counts: 50 and 1 are too many."""
    main = """
provider "aws" {
  default_tags {
    tags = { for n in range(50) : "key-${n}" => "x" }
  }
}
resource "aws_sns_topic" "t" {
  name = "t"
  tags = { one = "more" }
}
"""
    report = rehearse_root(make_root("aws", main), mirror=attached, terraform=terraform)
    assert [e.summary for e in report.step("plan").diagnostics] == ["aws_sns_topic: too many tags"]


LABEL_VALUES = st.text(string.ascii_lowercase + string.digits + "_-", max_size=63)
LABEL_KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,62}", fullmatch=True).filter(
    lambda key: not key.startswith("goog-")
)


@given(st.dictionaries(LABEL_KEYS, LABEL_VALUES, max_size=64))
def test_every_label_that_google_documents_is_taken(labels: dict[str, str]) -> None:
    """64 labels of documented keys and values are never refused."""
    assert check("google", "google_pubsub_topic", {"name": "topic", "labels": labels}) == []


@given(st.text(min_size=1))
def test_a_label_value_is_refused_exactly_when_it_is_not_a_label(value: str) -> None:
    """Lower-case ASCII letters, digits, _ and -, 63 at most; anything else is refused."""
    allowed = set(string.ascii_lowercase + string.digits + "_-")
    fits = len(value) <= 63 and set(value) <= allowed
    assert (check("google", "google_pubsub_topic", {"labels": {"a": value}}) == []) is fits


@pytest.mark.parametrize("character", ["é", "日", "5", "²", "\u00a0", "_", "@", "+", " "])
def test_amazon_takes_letters_spaces_digits_and_eight_signs(character: str) -> None:
    """Letters, digits and spaces of any script, and the signs that the IAM API lists."""
    assert check("aws", "aws_sns_topic", {"tags": {"key": character}}) == []


@pytest.mark.parametrize("character", [",", "!", "\t", "#", "😀", '"', "$", "*"])
def test_amazon_refuses_every_other_character(character: str) -> None:
    """A comma above all: lists are joined with something else."""
    (fault,) = check("aws", "aws_iam_role", {"tags": {"key": character}})
    assert fault[0] == "aws_iam_role: invalid tag"


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("cron(0 2 * * ? *)", True),
        ("cron(0/15 8-18 ? * MON-FRI *)", True),
        ("cron(0 2 L * ? *)", True),
        ("rate(1 hour)", True),
        ("rate(5 minutes)", True),
        ("cron(0 2 * * *)", False),
        ("cron(60 2 * * ? *)", False),
        ("cron(0 2 ? * 8 *)", False),
        ("rate(1 hours)", False),
        ("rate(0 minutes)", False),
        ("0 2 * * *", False),
    ],
)
def test_amazons_schedule_expressions(expression: str, fits: bool) -> None:
    """Six cron fields with one ?, or a rate whose unit agrees with its number."""
    found = check("aws", "aws_scheduler_schedule", {"schedule_expression": expression})
    assert (found == []) is fits
