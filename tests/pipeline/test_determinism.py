"""The same input gives the same bytes, wherever and however often it is generated."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import run
from generator.files.processors import may_fork
from tests.repository import PROGRAM, Repository

AWKWARD = '  tags: {team: "Zoë", "b key": "x", a: "1,2", c: "İı"}\n'
PLAIN = {"PATH": os.environ["PATH"]}


def fill(repository: Repository, reverse: bool = False) -> None:
    """Write the same jobs, in one order or the other."""
    names = [f"job-{number}" for number in range(12)]
    for name in reversed(names) if reverse else names:
        repository.job(name, AWKWARD)
    repository.write("jobs/many.yaml", (
        "tenant_id: acme\nfinops: {cost_center: FIN-001, business_tags: [b, a]}\n"
        "infrastructure:\n  provider: gcp\n  region: us-central1\n"
        "  runtime:\n    type: cloud_run_job\n    image: example/etl:1.0\n"
        "    environment:\n      TEXT: |\n        one\n        two\n      Z: z\n      A: a\n"
        "environments: {dev: {}, prod: {}, test: {}}\n"
    ))  # fmt: skip


@pytest.fixture(name="expected", scope="module")
def _expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an ordinary run in an ordinary place gives."""
    repository = Repository(tmp_path_factory.mktemp("expected") / "project")
    fill(repository)
    assert repository.spawn("generate", env=PLAIN).code == 0
    return repository.contents()


SURROUNDINGS: dict[str, dict[str, Any]] = {
    "turkish": {"env": {**PLAIN, "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}},
    "no locale": {"env": {**PLAIN, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}},
    "ascii output": {"env": {**PLAIN, "PYTHONIOENCODING": "ascii"}},
    "time zone": {"env": {**PLAIN, "TZ": "Pacific/Kiritimati"}},
    "hash seed": {"env": {**PLAIN, "PYTHONHASHSEED": "1234"}},
    "another hash seed": {"env": {**PLAIN, "PYTHONHASHSEED": "0"}},
    "optimised": {"env": {**PLAIN, "PYTHONOPTIMIZE": "2"}},
    "variables": {
        "env": {
            **PLAIN,
            "TENANT_ID": "globex",
            "ENVIRONMENT": "dev",
            "REGION": "moon",
            "TF_VAR_image": "x",
            "TF_WORKSPACE": "x",
            "AWS_PROFILE": "x",
            "NO_COLOR": "1",
            "FORCE_COLOR": "1",
        }
    },
    "private files": {"umask": 0o077},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings(repository: Repository, expected: dict[str, bytes], name: str) -> None:
    """Locale, time zone, hash seed, variables and umask do not show in what is generated."""
    fill(repository)

    done = repository.spawn("generate", **{"env": PLAIN, **SURROUNDINGS[name]})

    assert done.code == 0, done.err
    assert repository.contents() == expected


@pytest.mark.parametrize("where", ["above", "inside", "relative", "module"])
def test_place(repository: Repository, expected: dict[str, bytes], where: str) -> None:
    """Neither the current folder nor how the project is named matters."""
    fill(repository)
    command: list[str] = {
        "above": [PROGRAM, "generate", "--project", str(repository.folder)],
        "inside": [PROGRAM, "generate"],
        "relative": [PROGRAM, "generate", "--project", "../project/./"],
        "module": [sys.executable, "-m", "generator", "generate", "--project", "."],
    }[where]
    folder = {"above": "/", "inside": str(repository.folder / "jobs")}.get(where)

    subprocess.run(command, cwd=folder or repository.folder, env=PLAIN, check=True)

    assert repository.contents() == expected


def test_order_on_disk(repository: Repository, expected: dict[str, bytes]) -> None:
    """The order in which files were made does not matter."""
    fill(repository, reverse=True)

    assert repository.run("generate").code == 0
    assert repository.contents() == expected


def test_line_ends(repository: Repository, expected: dict[str, bytes]) -> None:
    """Job files that git checked out with CRLF give the same roots."""
    fill(repository)
    for path in [*(repository.folder / "jobs").iterdir(), repository.folder / "dativo.yaml"]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert repository.run("generate").code == 0
    assert repository.contents() == expected


def test_some_at_a_time(repository: Repository, expected: dict[str, bytes]) -> None:
    """Job by job, in any order, comes to what one run over all of them does."""
    fill(repository)
    paths = sorted((repository.folder / "jobs").iterdir())
    random.Random(7).shuffle(paths)  # noqa: S311 - any order will do

    for path in paths:
        assert repository.run("generate", str(path)).code == 0

    assert repository.contents() == expected
    assert repository.run("generate").out == "15 roots, all unchanged\n"


@pytest.mark.skipif(not may_fork(), reason="needs a second processor")
@pytest.mark.parametrize("jobs", [1, 2, 13])
def test_two_processes(
    repository: Repository,
    expected: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
) -> None:
    """A second process changes nothing, whatever its share."""
    fill(repository)
    monkeypatch.setattr(run, "ENOUGH_TO_FORK", jobs)

    done = repository.run("generate")

    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n15 roots: 15 created\n")
    assert repository.contents() == expected
    assert repository.run("generate", "--force").out == "15 roots, all unchanged\n"


def _break(repository: Repository) -> None:
    for number in range(12):
        repository.edit(f"jobs/job-{number}.yaml", "2Gi", "lots")


def _collide(repository: Repository) -> None:
    repository.edit("jobs/job-11.yaml", "name: job-11", "name: job-0")


def _retire(repository: Repository) -> None:
    repository.run("generate")
    for name in ("job-0", "many"):
        (repository.folder / f"jobs/{name}.yaml").unlink()


def _edit_by_hand(repository: Repository) -> None:
    repository.run("generate")
    for name in ("job-0", "job-9"):
        repository.edit(f"generated/acme/{name}/prod/main.tf", "2048", "1")


@pytest.mark.skipif(not may_fork(), reason="needs a second processor")
@pytest.mark.parametrize("change", [_break, _collide, _retire, _edit_by_hand])
@pytest.mark.parametrize("command", ["check", "generate", "validate"])
def test_two_processes_say_the_same(
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Repository], None],
    command: str,
) -> None:
    """What is wrong or differs is told the same, by one process or by two."""
    fill(repository)
    change(repository)
    monkeypatch.setattr(run, "ENOUGH_TO_FORK", 0)
    two = repository.run("check" if command == "generate" else command)
    monkeypatch.undo()
    one = repository.run("check" if command == "generate" else command)
    assert one == two
    if command != "generate":
        return

    monkeypatch.setattr(run, "ENOUGH_TO_FORK", 0)
    done = repository.run("generate")

    assert done.code == (0 if change is _retire else 1)


def test_this_repository_is_fresh() -> None:
    """The roots that are committed are those that the jobs give; else: make generate."""
    top = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [PROGRAM, "check", "--format", "text"], cwd=top, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_compressed(
    repository: Repository, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The texts of so many roots that they are kept compressed are the same ones."""
    fill(repository)
    monkeypatch.setattr(run, "ENOUGH_TO_PACK", 0)

    assert repository.run("generate").code == 0
    assert repository.contents() == expected
    repository.edit("jobs/job-1.yaml", "2Gi", "4Gi")
    assert "\n+ " in repository.run("generate", "--dry-run").out
    assert "15 roots: 1 changed, 14 unchanged" in repository.run("generate").out
