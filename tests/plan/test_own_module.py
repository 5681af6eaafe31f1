"""Spark, Ray and Dask: with a module of the user's own, checked like any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.plan.cron import normalise
from generator.plan.root_plan import RootPlan
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES
from tests.plan.conftest import HEAD, Plans

MODULE = """\
variable "name" { type = string }
variable "tenant" { type = string }
variable "environment" { type = string }
variable "tags" { type = map(string) }
variable "image" { type = string }
variable "cpu" {
  type    = number
  default = 1
}
variable "memory_mib" {
  type    = number
  default = 1024
}
variable "nodes" { type = object({ instance_type = string, count = optional(number, 1) }) }
variable "storage" {
  type    = object({ data_bucket = string, prefix = optional(string, "") })
  default = null
}
variable "schedule" {
  type    = object({ expression = string, timezone = string })
  default = null
}
"""
JOB = """\
schedule: {cron: "@daily"}
infrastructure:
  provider: aws
  region: us-east-1
  terraform: {module: {source: ./modules/ours}}
  storage: {data_bucket: acme-lake, prefix: raw}
  runtime:
    type: %s
    image: registry/etl:1
    memory: 4Gi
    nodes: {instance_type: r5.xlarge}
"""


@pytest.fixture
def planned(plans: Plans) -> Callable[[str], RootPlan]:
    """The plan of a job with a runtime of this type."""
    plans.write("modules/ours/main.tf", MODULE)
    return lambda kind: plans.plan(HEAD + JOB % kind)


@pytest.mark.parametrize("kind", ["spark", "ray", "dask"])
def test_what_the_job_says_is_passed_on(planned: Callable[[str], RootPlan], kind: str) -> None:
    """Under the names and in the units of the shipped modules; what it leaves out is left out."""
    arguments = {a.name: a.value for a in planned(kind).module.arguments}
    assert list(arguments) == [
        *("name", "tenant", "environment", "image", "memory_mib", "nodes", "storage", "schedule"),
        "tags",
    ]
    assert arguments["memory_mib"] == 4096
    assert arguments["nodes"] == {"instance_type": "r5.xlarge"}
    assert arguments["storage"] == {"data_bucket": "acme-lake", "prefix": "raw"}
    assert arguments["schedule"] == {"expression": normalise("@daily"), "timezone": "UTC"}


def test_without_a_module_of_ones_own_it_is_refused(plans: Plans) -> None:
    """No module is shipped for it, and the error says what to do."""
    text = HEAD + (JOB % "ray").replace("  terraform: {module: {source: ./modules/ours}}\n", "")
    (problem,) = plans.problems(text)
    assert plans.line_of(problem) == '9:11: module-source: there is no module for "ray" here'
    assert "terraform.module.source" in problem.hint


def test_inputs_that_do_not_fit_are_errors_at_the_jobs_lines(plans: Plans) -> None:
    """An input that the module lacks, a wrong type, a required one that is missing."""
    plans.write("modules/ours/main.tf", MODULE)
    text = HEAD + (JOB % "spark").replace("{instance_type: r5.xlarge}", "{count: 2, spot: true}")
    text = text.replace("    image: registry/etl:1\n", "    release: '3.5'\n")
    assert plans.told(text) == [
        '13:23: input-type: the input "nodes" of modules/ours has no attribute "spot"',
        '13:12: input-type: the input "nodes" of modules/ours lacks the attribute "instance_type"',
        '11:5: unknown-input: the module modules/ours has no input "release"',
        '7:3: missing-input: the module modules/ours requires the input "image" (string)',
    ]


def test_a_field_that_no_module_could_be_told_of_is_refused(plans: Plans) -> None:
    """What stands in no input has no effect."""
    plans.write("modules/ours/main.tf", MODULE)
    text = HEAD + JOB % "dask" + "    registry_id: x\n"
    assert plans.told(text) == ['14:5: no-effect: "runtime.registry_id" has no effect on dask']


def test_each_is_on_every_cloud() -> None:
    """Spark, Ray and Dask are runtimes of all clouds."""
    rows: list[RuntimeSpec] = [row for row in RUNTIMES.values() if not row.module]
    assert {(row.cloud, row.type) for row in rows} == {
        (cloud, kind) for cloud in ("aws", "gcp", "azure") for kind in ("spark", "ray", "dask")
    }
