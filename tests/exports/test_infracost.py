"""``dativo export infracost``: what Infracost takes of all roots."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.exports.infracost import (
    _AROUND,
    _START_RETRIES,
    BOUNDED,
    DEFAULT_MOST,
    POOLS,
    infracost,
)
from generator.job.project import open_project
from generator.model.runtime_types import RUNTIME_TYPES
from scripts.pages import MODULES
from tests.exports.infracost_facts import CONFIG, KEYS, PROJECT, USAGE, VERSION, WITHOUT
from tests.repository import Repository
from tests.trust.conftest import MODULES as MODULE_SOURCE

POOL = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: gcp
  region: europe-west3
  account: {project_id: acme-data}
  runtime: {type: gke, image: "europe-docker.pkg.dev/acme-data/etl/etl:1"NODES}
  network: {vpc_id: net, subnet_ids: [sub]}
  tags: {cost_center: FIN-001, owner: data}
  terraform: {backend: {type: gcs, bucket: acme-state}VARIABLES}
"""
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
    timeout.
    """
    assert _export(repository).code == 0
    config = _read(repository.folder / "infracost.yml")
    (project,) = config["projects"]
    assert project.keys() == {"path", "name", "usage_file"}
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


def test_every_key_of_this_repository_is_one_that_infracost_reads() -> None:
    """Of the files of all its roots: versions, keys of projects, types, keys of usage, whole
    numbers where no parts are read; and each type that is written is among them.
    """
    texts = infracost(open_project(os.curdir), "finops")
    config = yaml.safe_load(texts.pop("infracost.yml"))
    assert config["version"] == VERSION and config.keys() <= CONFIG
    named = {one["usage_file"] for one in config["projects"] if "usage_file" in one}
    assert named == {f"finops/{file}" for file in texts}
    assert all({"path"} <= one.keys() <= PROJECT for one in config["projects"])
    types = set()
    for text in texts.values():
        usage = yaml.safe_load(text)
        assert usage["version"] == VERSION and usage.keys() <= USAGE
        for address, numbers in usage["resource_usage"].items():
            kind = address.split(".")[-2]
            types.add(kind)
            for key, number in numbers.items():
                assert isinstance(number, int) or (isinstance(number, float) and KEYS[kind][key])
    written = {address.split(".")[0] for address, _ in (*BOUNDED.values(), *POOLS.values())}
    assert types == written == KEYS.keys()


def test_what_has_no_usage_is_unknown_to_infracost() -> None:
    """Each shipped module gives usage, or what it runs as is none of Infracost's types."""
    modules = {row.module for row in RUNTIME_TYPES.values() if row.module}
    assert modules == BOUNDED.keys() | POOLS.keys() | WITHOUT.keys()
    assert not set(WITHOUT.values()) & KEYS.keys()
    for module, kind in WITHOUT.items():
        assert f'resource "{kind}" ' in _text(module)


@pytest.mark.parametrize(
    ("nodes", "variables", "most"),
    [
        ("", "", 1),
        ("autoscaling: {min: 0, max: 7}", "", 3),
        ("count: 6", "", 2),
        ("autoscaling: {min: 0, max: 7}", "zones: [europe-west3-a, europe-west3-b]", 4),
        ("autoscaling: {min: 0, max: 7}", 'zones: "${ZONES}"', None),
    ],
)
def test_a_pool_has_as_many_machines_as_it_may(
    repository: Repository, nodes: str, variables: str, most: int | None
) -> None:
    """Of each zone, as Infracost counts them, rounded up; nothing where Terraform alone knows."""
    job = POOL.replace("NODES", f", nodes: {{{nodes}}}" if nodes else "")
    job = job.replace("VARIABLES", f", variables: {{{variables}}}" if variables else "")
    repository.write("jobs/acme/rates.yaml", job)
    assert _export(repository).code == 0
    usage = repository.folder / "infracost-usage/acme/rates/prod.yml"
    assert usage.is_file() == (most is not None)
    if most is not None:
        expected = {"module.job.google_container_node_pool.this": {"nodes": most}}
        assert _read(usage)["resource_usage"] == expected


def test_parts_of_minutes_are_kept(repository: Repository) -> None:
    """Infracost reads them: 90 seconds are a minute and a half, and never less than they are."""
    job = LAMBDA.replace("aws\n", "gcp\n").replace("us-east-1\n", "europe-west3\n")
    job = job.replace('{account_id: "123456789012"}', "{project_id: acme-data}")
    job = job.replace("type: lambda", "type: cloud_run_job").replace("s: 1}", "s: 0}")
    job = job.replace("123456789012.dkr.ecr.us-east-1.amazonaws.com", "example.com")
    job = re.sub("backend: {.*?}", "backend: {type: gcs, bucket: acme-state}", job)
    for seconds, minutes in ((90, 1.5), (600, 10), (61, 1.1)):
        repository.write("jobs/acme/rates.yaml", job.replace("600", str(seconds)))
        assert _export(repository).code == 0
        (numbers,) = _read(repository.folder / "infracost-usage/acme/rates/prod.yml")[
            "resource_usage"
        ].values()
        assert numbers == {"monthly_job_executions": 31, "average_task_execution_mins": minutes}


def test_the_machines_of_a_job_that_names_none_are_those_of_the_modules() -> None:
    """Both have as many at most where a job says nothing."""
    for module in POOLS:
        assert f"{{ min = 0, max = {DEFAULT_MOST} }}" in _text(module)


def _text(module: str) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(Path(MODULES, module).glob("*.tf")))


@pytest.mark.parametrize("module", sorted({*BOUNDED, *POOLS}))
def test_addresses_are_those_of_the_modules(module: str) -> None:
    """The resource is there, and has keys just where the address has a wildcard."""
    address = {**BOUNDED, **POOLS}[module][0]
    kind, name = address.removesuffix("[*]").split(".")
    block = re.search(rf'resource "{kind}" "{name}" \{{\n(.*?)\n\}}', _text(module), re.DOTALL)
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
