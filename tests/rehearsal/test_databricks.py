"""The make-believe Databricks workspace: what it refuses, and which tags it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.cron import quartz
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.rules import check
from generator.rehearsal.rules.quartz import is_quartz
from generator.rehearsal.text import as_text

REQUIRED = """
terraform {
  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = "~> 1.100"
    }
  }
}
provider "databricks" {
  host = "https://acme.cloud.databricks.com"
}
"""
MAIN = """
resource "databricks_job" "wrong" {
  name = "orders"
  tags = { for n in range(26) : "t${n}" => "x" }
  run_as { service_principal_name = "etl" }
  schedule {
    quartz_cron_expression = "0 2 * * *"
    timezone_id            = "Central Europe"
  }
  job_cluster {
    job_cluster_key = "main"
    new_cluster {
      spark_version  = "15.4"
      node_type_id   = "m6i.xlarge"
      custom_tags    = { "Regulations" = "GDPR,CCPA", ClusterName = "x" }
      spark_env_vars = { KEY = "{{secrets/etl}}" }
      autoscale {
        min_workers = 2
        max_workers = 2
      }
      aws_attributes { availability = "SPOT_AZURE" }
      cluster_log_conf {
        volumes { destination = "/Volumes/logs" }
      }
    }
  }
  task {
    task_key        = "a b"
    job_cluster_key = "other"
    notebook_task { notebook_path = "etl" }
    spark_python_task { python_file = "etl.py" }
  }
  webhook_notifications {
    dynamic "on_failure" {
      for_each = range(4)
      content { id = on_failure.value }
    }
  }
  email_notifications {
    on_failure                             = ["oncall"]
    on_duration_warning_threshold_exceeded = ["a@example.com"]
  }
}
resource "databricks_permissions" "wrong" {
  job_id = "1"
  access_control {
    group_name       = "team"
    permission_level = "IS_OWNER"
  }
  access_control {
    user_name        = "a@example.com"
    permission_level = "IS_OWNER"
  }
  access_control {
    group_name       = "admins"
    permission_level = "CAN_RESTART"
  }
}
"""
JOB = "databricks_job: "
LATE = "on_duration_warning_threshold_exceeded"
REFUSED = {
    JOB + "too many tags",
    JOB + "service_principal_name is no application id",
    JOB + "invalid quartz_cron_expression",
    JOB + "invalid timezone_id",
    JOB + "invalid spark_version",
    JOB + "invalid value in custom_tags",
    JOB + "Databricks sets the tag itself",
    JOB + "invalid reference to a secret in spark_env_vars",
    JOB + "invalid autoscale",
    JOB + "invalid availability",
    JOB + "invalid log destination",
    JOB + "invalid task_key",
    JOB + "notebook_path must be absolute",
    JOB + "invalid python_file",
    JOB + "too many destinations in on_failure",
    JOB + "invalid address in on_failure",
    JOB + f"{LATE} needs a rule for RUN_DURATION_SECONDS",
    "databricks_job.task: no such job_cluster_key",
    "databricks_permissions: a group cannot own a job",
    "databricks_permissions: a job has one owner",
    "databricks_permissions: the rights of admins cannot be changed",
    "databricks_permissions: invalid permission_level",
}
# A job that goes through; `{tags}` and `{own}` are maps of its cluster and of itself.
RIGHT = """
locals {
  tags = {tags}
}
resource "databricks_job" "right" {
  name = "orders"
  tags = {own}
  job_cluster {
    job_cluster_key = "main"
    new_cluster {
      spark_version = "15.4.x-scala2.12"
      node_type_id  = "m6i.xlarge"
      num_workers   = 1
      custom_tags   = {custom}
    }
  }
  task {
    task_key        = "main"
    job_cluster_key = "main"
    notebook_task { notebook_path = "/Shared/etl" }
  }
}
resource "databricks_permissions" "right" {
  job_id = databricks_job.right.id
  access_control {
    group_name       = "users"
    permission_level = "CAN_VIEW"
  }
}
output "id" { value = databricks_job.right.id }
output "url" { value = databricks_job.right.url }
"""


@pytest.mark.terraform
def test_what_the_apis_refuse(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Every fault of a root is an error, all in one run."""
    root = make_root("aws", MAIN, {"terraform.tf": REQUIRED})
    report = rehearse_root(root, mirror=attached, terraform=terraform)
    told = {error.summary for error in report.errors}
    (twice,) = (line for line in told if line.startswith("databricks_job.task: exactly one of"))
    assert "notebook_task" in twice
    assert told - {twice} == REFUSED


def right(tags: str, own: str = "local.tags", custom: str = "local.tags") -> str:
    """The job that goes through."""
    return RIGHT.replace("{tags}", tags).replace("{own}", own).replace("{custom}", custom)


@pytest.mark.terraform
def test_a_job_that_goes_through(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """It is made, changed by nothing, and gone; its id is a number, its page in the workspace."""
    root = make_root("aws", right('{ CostCenter = "FIN-001" }'), {"terraform.tf": REQUIRED})
    report = rehearse_root(root, mirror=attached, terraform=terraform)
    assert report.errors == ()
    assert report.ok
    found = report.outputs or {}
    assert found["id"].isdigit()
    assert found["url"] == f"https://acme.cloud.databricks.com/#job/{found['id']}"
    job, permissions = report.resources
    assert (job.complete, [nested.complete for nested in job.nested]) == (True, [True])
    assert not permissions.taggable


@pytest.mark.terraform
def test_more_tags_than_a_job_takes(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """Nothing is missing with 25 on the job and all on its cluster."""
    thirty = '{ for n in range(30) : "t${n}" => "x" }'
    some = '{ for n in range(%d) : "t${n}" => "x" }'
    for own, custom, complete in ((25, 30, True), (24, 30, False), (25, 29, False)):
        main = right(thirty, some % own, some % custom)
        root = make_root("aws", main, {"terraform.tf": REQUIRED}, folder=f"{own}-{custom}")
        report = rehearse_root(root, mirror=attached, terraform=terraform)
        assert report.resources[0].complete is complete
        assert report.ok is complete
        told = "25, which is all that it takes; all 30 are handed on"
        assert (told in as_text(report)) is complete


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("0 0 2 * * ?", True),
        ("0 0/15 8-18 ? * MON-FRI", True),
        ("0 0 2 L * ?", True),
        ("0 0 2 ? * 6#3", True),
        ("0 0 2 ? * 6L 2026-2030", True),
        ("10 0 2 1W * ?", True),
        ("0 2 * * *", False),
        ("0 0 2 * * *", False),
        ("0 0 2 ? * ?", False),
        ("0 0 24 * * ?", False),
        ("0 0 2 ? * 8", False),
        ("0 0 2 ? * 0", False),
        ("0 0 2 0 * ?", False),
        ("cron(0 2 * * ? *)", False),
    ],
)
def test_quartz_expressions(expression: str, fits: bool) -> None:
    """Six or seven fields from seconds on, days of the week from 1, and one ?."""
    schedule = {"quartz_cron_expression": expression, "timezone_id": "UTC"}
    assert (check("databricks", "databricks_job", {"schedule": [schedule]}) == []) is fits


_FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


@given(st.tuples(*(st.just("*") | st.integers(*limits).map(str) for limits in _FIELDS)))
def test_what_dativo_writes_is_quartz(fields: tuple[str, ...]) -> None:
    """Every expression that converts is one that the workspace takes."""
    try:
        converted = quartz(" ".join(fields))
    except ValueError:
        return
    assert is_quartz(converted)


CLOUD_TAGS: list[tuple[str, dict[str, str], bool]] = [
    ("aws", {"a b/c:d": "e+f-g=h@i.j"}, True),
    ("aws", {"a" * 127: "b" * 255}, True),
    ("aws", {"a": "é"}, False),
    ("aws", {"a": "b" * 256}, False),
    ("azure", {"Büro": "<é>, x"}, True),
    ("azure", {"a/b": "x"}, False),
    ("azure", {"a": "日"}, False),
    ("gcp", {"Cost_Center": "FIN-001"}, True),
    ("gcp", {"a": ""}, True),
    ("gcp", {"a": "x@y"}, False),
    ("gcp", {"a" * 64: "x"}, False),
    ("", {"a": "日"}, True),
    ("", {"Owner": "a", "owner": "b"}, False),
    ("", {f"t{n}": "x" for n in range(45)}, True),
    ("", {f"t{n}": "x" for n in range(46)}, False),
]


@pytest.mark.parametrize(("cloud", "tags", "fits"), CLOUD_TAGS)
def test_tags_of_machines(cloud: str, tags: dict[str, str], fits: bool) -> None:
    """They obey the cloud that the machines are on, which their attributes tell."""
    cluster: dict[str, Any] = {"spark_version": "15.4.x-scala2.12", "node_type_id": "x"}
    cluster["custom_tags"] = tags
    if cloud:
        cluster[f"{cloud}_attributes"] = [{"availability": None}]
    value = {"job_cluster": [{"job_cluster_key": "main", "new_cluster": [cluster]}]}
    assert (check("databricks", "databricks_job", value) == []) is fits
