"""Roots with an orchestrator's file beside them, and the programs that load it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from generator.cli import main
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.scratch import copy_root
from generator.rehearsal.stand_ins import as_environment
from generator.rehearsal.terraform_run import run
from tests.apart import need, program
from tests.orchestrators.jobs import BOTH, FILES, REPOSITORY, job_text
from tests.plan.conftest import Plans
from tests.user_environment import environment_of

PYTHON = program("orchestrators", "python")
INSIDE = Path(__file__).parent / "inside"

Inside = Callable[..., Any]
Roots = Callable[[str, str], Path]


@pytest.fixture
def plans(tmp_path: Path) -> Plans:
    """A repository of its own, to plan one job in."""
    return Plans(tmp_path)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with all jobs of ``jobs.STARTED``, generated."""
    folder = tmp_path_factory.mktemp("orchestrated")
    for name in ("dativo.yaml", "assets", "modules"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copyfile(source, folder / name)
    (folder / "jobs").mkdir()
    for launcher, tool in BOTH:
        text = job_text(launcher, tool)
        (folder / "jobs" / f"{launcher}-{tool}.yaml").write_text(text, encoding="utf-8")
    assert main(["generate", "--project", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def files(project: Path) -> dict[tuple[str, str], str]:
    """The orchestrator's file of each root."""
    return {
        (launcher, tool): (_root(project, launcher, tool) / FILES[tool]).read_text("utf-8")
        for launcher, tool in BOTH
    }


def _root(project: Path, launcher: str, tool: str) -> Path:
    return project / "generated" / "acme" / f"{launcher}-{tool}" / "prod"


@pytest.fixture(scope="session")
def roots(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    attached: Mirror,
    terraform_program: Terraform,
) -> Roots:
    """A root of the project as it is deployed: its file, and beside it the outputs of an apply.

    All workers of a run share the applies, and so do the two tools, whose settings each has.
    """
    shared = tmp_path_factory.getbasetemp().parent / "applied"
    shared.mkdir(exist_ok=True)

    def applied(launcher: str, tool: str) -> Path:
        root = _root(project, launcher, tool)
        kept = shared / f"{launcher}.json"
        with FileLock(f"{kept}.lock"):
            if not kept.exists():
                text = _apply(root, terraform_program.path, attached)
                kept.write_text(text, encoding="utf-8")
        shutil.copyfile(kept, root / "outputs.json")
        return root

    return applied


def _apply(root: Path, terraform: str, mirror: Mirror) -> str:
    """What ``terraform output -json`` says after an apply on the stand-in providers."""
    scratch = root.parent / f"scratch-{root.name}"
    scratch.mkdir()
    folder, configuration = copy_root(str(root), str(scratch), {})
    given = as_environment(configuration.variables)
    environment = environment_of(os.environ, {**mirror.environment(), **given})
    ran = run(terraform, ["init", "-input=false", "-no-color"], folder, environment)
    assert ran.code == 0, ran.stderr
    environment |= mirror.attached
    ran = run(terraform, ["apply", "-auto-approve", "-no-color"], folder, environment)
    assert ran.code == 0, ran.stdout + ran.stderr
    ran = run(terraform, ["output", "-json"], folder, environment)
    assert ran.code == 0, ran.stderr
    shutil.rmtree(scratch)
    return ran.stdout


@pytest.fixture(scope="session")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    """Runs a program of ``inside/`` where Dagster and Airflow are; returns what it found."""
    need("orchestrators")
    home = tmp_path_factory.mktemp("home")

    def ran(program: str, *arguments: object) -> Any:
        done = subprocess.run(
            [os.fspath(PYTHON), os.fspath(INSIDE / program), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "HOME": os.fspath(home),
                "AIRFLOW_HOME": os.fspath(home),
                "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
                "AWS_ACCESS_KEY_ID": "nobody",
                "AWS_SECRET_ACCESS_KEY": "nothing",
                "LC_ALL": "C.UTF-8",
            },
        )
        _, mark, found = done.stdout.partition("\n=== found\n")
        assert mark, done.stdout + done.stderr
        return json.loads(found)

    return ran
