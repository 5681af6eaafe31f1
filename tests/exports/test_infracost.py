"""``dativo export infracost``: what Infracost takes of all roots."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.exports.infracost import _AROUND, _START_RETRIES, BOUNDED
from scripts.pages import MODULES
from tests.repository import Repository
from tests.trust.conftest import MODULES as MODULE_SOURCE

# The keys that Infracost's usage file knows of these types (infracost-usage-example.yml), and
# those of a project that are used here (schema/config.schema.json).
KNOWN = {
    "aws_lambda_function": {"monthly_requests", "request_duration_ms"},
    "aws_sfn_state_machine": {"monthly_transitions"},
    "google_cloud_run_v2_job": {"monthly_job_executions", "average_task_execution_mins"},
}
PROJECT = {"path", "name", "usage_file"}
LAMBDA = """\
tenant_id: acme
environment: prod
schedule: {cron: "0 2 * * *"}
infrastructure:
  provider: aws
  region: us-east-1
  account: {account_id: "123456789012"}
  runtime:
    {type: lambda, image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1",
     timeout_seconds: 600, max_retries: 1}
  tags: {cost_center: FIN-001, owner: data}
  terraform: {backend: {type: s3, bucket: acme-state, region: us-east-1}}
"""


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project with a function that runs each night."""
    made = Repository(tmp_path, capsys)
    made.write("dativo.yaml", MODULE_SOURCE)
    made.write("jobs/acme/rates.yaml", LAMBDA)
    return made


def _export(repository: Repository, folder: str = "") -> Any:
    return repository.run("export", "infracost", "--output", str(repository.folder / folder))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_every_root_is_a_project_with_its_bounds(repository: Repository) -> None:
    """Runs a month are those of the report, rounded up, with each retry; seconds are those of the
    timeout; and keys are ones that Infracost knows.
    """
    assert _export(repository).code == 0
    config = _read(repository.folder / "infracost.yml")
    assert config["version"] == "0.1"
    (project,) = config["projects"]
    assert project.keys() == PROJECT
    assert project["path"] == "generated/acme/rates/prod"
    usage = _read(repository.folder / project["usage_file"])
    # 365.2425 / 12 nights, and each may be tried twice.
    assert usage == {
        "version": "0.1",
        "resource_usage": {
            "module.job.aws_lambda_function.this": {
                "monthly_requests": 61,
                "request_duration_ms": 600_000,
            }
        },
    }


@pytest.mark.parametrize(("at_once", "hours"), [("", 730.485), ("2", 1460.97), ("null", 2434.95)])
def test_runs_that_wait_for_each_other_take_no_more_than_a_month(
    repository: Repository, at_once: str, hours: float
) -> None:
    """Every fifteen minutes, ten minutes long, with four retries: of one run at a time a month has
    730.485 hours, by report and export alike; where runs may overlap, all of them count.
    """
    job = LAMBDA.replace("0 2 * * *", "*/15 * * * *").replace("max_retries: 1", "max_retries: 4")
    if at_once:
        own = f"{{variables: {{reserved_concurrency: {at_once}}}, "
        job = job.replace("terraform: {", f"terraform: {own}")
    repository.write("jobs/acme/rates.yaml", job)
    (row,) = repository.run("report", "--format", "json").document["rows"]
    capped = at_once != "null"
    assert (row["hours_capped"] is not None) == capped
    assert row["gib_hours_a_month"] == pytest.approx(hours * row["memory_gib"], abs=0.011)
    assert _export(repository).code == 0
    usage = _read(repository.folder / "infracost-usage/acme/rates/prod.yml")
    (numbers,) = usage["resource_usage"].values()
    assert numbers["monthly_requests"] == 14_610
    worth = numbers["monthly_requests"] * numbers["request_duration_ms"] / 3_600_000
    assert hours <= worth <= hours * 1.001


def test_paths_are_those_seen_from_the_project(repository: Repository) -> None:
    """Wherever the files go, Infracost runs in the project folder."""
    assert _export(repository, "finops").code == 0
    config = _read(repository.folder / "finops/infracost.yml")
    (project,) = config["projects"]
    assert project["usage_file"] == "finops/infracost-usage/acme/rates/prod.yml"
    assert (repository.folder / project["usage_file"]).is_file()


def test_nothing_of_others_is_overwritten(repository: Repository) -> None:
    """A file that the export did not write stops it before it writes any."""
    repository.write("infracost.yml", "version: 0.1\n")
    done = _export(repository)
    assert done.code == 1
    assert "was not written by dativo export infracost" in done.err
    assert not (repository.folder / "infracost-usage").exists()


def test_the_same_jobs_give_the_same_bytes(repository: Repository) -> None:
    """A second run writes nothing."""
    _export(repository)
    before = repository.state()
    assert _export(repository).code == 0
    assert repository.state() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "infracost"), "--output"),
        (("export", "infracost", "rates", "--output", "x"), "all roots"),
        (("export", "tags"), "JOB"),
        (("export", "infracost", "--output", "a$b"), "$"),
    ],
)
def test_what_is_refused(repository: Repository, arguments: tuple[str, ...], told: str) -> None:
    """It is of all roots and needs a folder; other exports need a job."""
    done = repository.run(*arguments)
    assert done.code == 1 and told in done.err


def test_without_a_schedule_nothing_is_guessed(repository: Repository) -> None:
    """The root is a project without a usage file."""
    repository.edit("jobs/acme/rates.yaml", 'schedule: {cron: "0 2 * * *"}\n', "")
    assert _export(repository).code == 0
    (project,) = _read(repository.folder / "infracost.yml")["projects"]
    assert "usage_file" not in project


@pytest.mark.parametrize("module", sorted(BOUNDED))
def test_addresses_are_those_of_the_modules(module: str) -> None:
    """The resource is there, and has keys just where the address has a wildcard."""
    address, _ = BOUNDED[module]
    kind, name = address.removesuffix("[*]").split(".")
    assert kind in KNOWN
    texts = "".join(path.read_text("utf-8") for path in Path(MODULES, module).glob("*.tf"))
    block = re.search(rf'resource "{kind}" "{name}" \{{\n(.*?)\n\}}', texts, re.DOTALL)
    assert block is not None
    several = re.search(r"^  (for_each|count) +=", block[1], re.MULTILINE) is not None
    assert several == address.endswith("[*]")


def test_bounds_of_a_state_machine_are_those_of_the_modules() -> None:
    """Nothing is tried again more often, and no more states are around a run, than is counted."""
    texts = {
        module: Path(MODULES, module, "states.tf").read_text("utf-8")
        for module in ("aws-ecs-fargate", "aws-emr")
    }
    for module, text in texts.items():
        start = re.search(r"  start_retry = \{\n.*?MaxAttempts +=([^\n]+)", text, re.DOTALL)
        assert start is not None and int(start[1]) == _START_RETRIES, module
    # On EMR an attempt is the only state; on ECS there are more.
    text = texts["aws-ecs-fargate"]
    states = set(re.findall(r"^ +([A-Z]\w+) += \{\n +Type +=", text, re.MULTILINE))
    assert states == {"Choose", "List", "Number", "Overlap", "RunAll"}
    assert "States  = { Run = local.run_step }" in texts["aws-emr"]
    tried = re.search(r"      List = \{.*?MaxAttempts +=([^\n]+).*?Next", text, re.DOTALL)
    assert tried is not None
    # Start and end, Number and RunAll, List with what it is tried again, and Choose: who fails
    # at Overlap has run nothing.
    assert 2 + 2 + (1 + int(tried[1]) + 1) == _AROUND
