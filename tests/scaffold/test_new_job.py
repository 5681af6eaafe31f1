"""``dativo new job``: a job file that is valid at once, or everything that it lacks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.plan.runtimes.table import RUNTIMES
from tests.scaffold.conftest import Shell

COMMON = ("--tenant", "acme", "--environment", "dev", "--owner", "a@acme.example")
PAYS = ("--cost-center", "FIN-001", "--source", "postgres", "--target", "iceberg")
CONTAINER = ("--image", "registry.example/etl:1.0.0")
ECR = ("--image", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl:1.0.0")
OWN = ("--module-source", "./modules/own")
NODES = ("--entry-point", "/Shared/orders", "--release", "15.4.x-scala2.12")
WORKSPACE = ("--databricks-host", "https://acme.cloud.databricks.com", *NODES)
SUBNET = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data-jobs/providers"
# What each runtime needs beyond the common: what the command itself says is missing.
NEEDS = {
    ("aws", "ecs_fargate"): CONTAINER,
    ("aws", "emr"): ("--entry-point", "s3://acme-code/orders.py"),
    ("aws", "lambda"): ECR,
    ("gcp", "cloud_run_job"): CONTAINER,
    ("gcp", "cloud_function"): (
        *("--entry-point", "main", "--release", "python312", "--code", "gs://acme-code/o.zip"),
    ),
    ("gcp", "gke"): (*CONTAINER, "--vpc", "data", "--subnet", "data-west"),
    ("azure", "container_apps_job"): CONTAINER,
    ("azure", "aks"): (
        *CONTAINER,
        *("--subnet", f"{SUBNET}/Microsoft.Network/virtualNetworks/data/subnets/aks"),
        *("--variable", "admin_group_object_ids=[11111111-2222-3333-4444-555555555555]"),
    ),
    ("aws", "databricks"): (*WORKSPACE, "--instance-type", "m6i.xlarge"),
    ("gcp", "databricks"): (*WORKSPACE, "--instance-type", "n2-standard-4"),
    ("azure", "databricks"): (*WORKSPACE, "--instance-type", "Standard_D4s_v5"),
    **{
        (cloud, "kubernetes"): (*CONTAINER, "--cluster-name", "shared")
        for cloud in ("aws", "gcp", "azure")
    },
    **{
        (cloud, kind): OWN for cloud in ("aws", "gcp", "azure") for kind in ("spark", "ray", "dask")
    },
}
OWN_MODULE = 'variable "tags" {\n  description = "Tags."\n  type        = map(string)\n}\n'


class Said:
    """What a command in this process came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs dativo in this process."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as error:  # the parser's
            code = int(str(error.code))
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def projects(
    laid_down: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """A new repository on each cloud, with a module of its own beside ours."""
    found = {}
    for cloud in ("aws", "gcp", "azure"):
        folder = str(tmp_path_factory.mktemp(cloud) / "project")
        shutil.copytree(laid_down(cloud=cloud), folder)
        os.makedirs(os.path.join(folder, "modules/own"))
        Path(folder, "modules/own/variables.tf").write_text(OWN_MODULE, encoding="utf-8")
        found[cloud] = folder
    return found


def test_each_runtime_is_here() -> None:
    """The table above has every runtime on every cloud."""
    assert set(NEEDS) == set(RUNTIMES)


@pytest.mark.parametrize(("cloud", "kind"), sorted(NEEDS))
def test_what_is_missing_is_told_and_enough(
    run: Run, projects: dict[str, str], cloud: str, kind: str
) -> None:
    """For every runtime: a bare job is told each option that it lacks, and with these it is valid
    at once, without a warning; nothing is written before.
    """
    project, needs = projects[cloud], NEEDS[cloud, kind]
    name = f"new-{kind.replace('_', '-')}"
    new = ("new", "job", name, "--project", project, "--runtime", kind, "--defaults")
    file = Path(project, f"jobs/acme/{name}.yaml")

    bare = run(*new)

    assert bare.code == 1 and not file.exists()
    lacking = {line.split()[1].rstrip(":") for line in bare.err.splitlines() if "error: --" in line}
    options = {word for word in (*COMMON, *PAYS, *needs) if word.startswith("--")}
    assert lacking <= options and set(needs[::2]) - lacking <= {"--variable"}, bare.err

    done = run(*new, *COMMON, *PAYS, *needs)

    assert (done.code, done.err) == (0, ""), done.err
    validated = run("validate", "--project", project, "--format", "json", str(file))
    assert (validated.code, json.loads(validated.out)["problems"]) == (0, []), validated.out
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/job.schema.json\n# ")
    assert "region:" not in text  # dativo.yaml has it


def test_generates_at_once(projects: dict[str, str], template: Shell) -> None:
    """What it says to do next works: the roots are written and checked."""
    shell = Shell(projects["gcp"], template.environment)
    new = ("new", "job", "visits", *COMMON, *PAYS, *CONTAINER, "--environment", "prod")
    said = shell.dativo(*new, "--runtime", "cloud_run_job", "--defaults")

    shell.run("sh", "-c", said.split("Next:\n")[1].split("\n")[0].strip())

    shell.dativo("check", "jobs/acme/visits.yaml")
    for environment in ("dev", "prod"):
        assert f"generated/acme/visits/{environment}" in said
        assert os.path.isfile(
            os.path.join(shell.folder, f"generated/acme/visits/{environment}/main.tf")
        )
    document = yaml.safe_load(Path(shell.folder, "jobs/acme/visits.yaml").read_text())
    assert document["environments"] == {"dev": {}, "prod": {}}
    assert "environment" not in document
