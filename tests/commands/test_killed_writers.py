"""What writes single files is killed, wherever: each is old or new, and nothing is left."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from generator.cli import main
from generator.files.beside import heal, replace_beside
from tests.deep import sampled
from tests.repository import Repository
from tests.tree.killing import run_apart

pytest.importorskip("fcntl")

OLDER = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: gcp
  region: us-central1
  runtime: {type: cloud_run, image: "example/etl:1.0"}
finops: {cost_center: FIN-001}
"""
WAITS = OLDER.replace("cloud_run,", "cloud_run_job,") + (
    "source: {connection: '{{terraform_outputs.endpoint}}'}\n"
)
NEW = (
    *("new", "job", "visits", "--defaults", "--tenant", "acme", "--environment", "dev"),
    *("--runtime", "cloud_run_job", "--image", "registry.example/etl:1", "--owner", "a@b.example"),
    *("--cost-center", "FIN-001", "--source", "postgres", "--target", "iceberg"),
    *("--region", "us-central1"),
)
COMMANDS = {
    "migrate": ("migrate", "PROJECT/jobs/older.yaml"),
    "new": NEW,
    "ci": ("ci", "github"),
    "resolve": ("resolve", "PROJECT/jobs/waits.yaml", "PROJECT/outputs.json", "--in-place"),
}


def _lay_out(repository: Repository) -> None:
    repository.job("orders")
    repository.write("jobs/older.yaml", OLDER)
    repository.write("jobs/waits.yaml", WAITS)
    outputs = {"endpoint": {"value": "db.acme.example", "type": "string", "sensitive": False}}
    repository.write("outputs.json", json.dumps(outputs))


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _left(folder: Path) -> list[str]:
    return [path for path in _files(folder) if ".dativo-new" in path or "/beside-" in path]


@pytest.fixture
def command_of(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Callable[[], None]]:
    """The call of a command in the project."""
    monkeypatch.chdir(repository.folder.parent)

    def make(name: str) -> Callable[[], None]:
        command, *rest = COMMANDS[name]
        sub = [rest.pop(0)] if command == "new" else []
        rest = [word.replace("PROJECT", repository.folder.name) for word in rest]
        line = [command, *sub, "--project", repository.folder.name, *rest]

        def call() -> None:
            main(line)

        return call

    return make


@pytest.mark.parametrize("name", sampled({name: name for name in COMMANDS}, "migrate", "new"))
def test_killed(
    name: str,
    repository: Repository,
    command_of: Callable[[str], Callable[[], None]],
    tmp_path: Path,
) -> None:
    """After any death a file of the user's is whole, and the next command that writes removes what
    was left; the same command then comes to what it would have come to.
    """
    _lay_out(repository)
    shutil.copytree(repository.folder, kept := tmp_path / "kept")
    before = _files(kept)
    command_of(name)()
    after = _files(repository.folder)
    assert after != before and _left(repository.folder) == []
    dead = 0
    for moment in count(1):
        shutil.rmtree(repository.folder)
        shutil.copytree(kept, repository.folder)
        if run_apart(command_of(name), moment) is not None:
            break
        dead += 1
        for path, data in _files(repository.folder).items():
            if not path.startswith((".dativo/", "generated/")) and ".dativo-new" not in path:
                assert data in (before.get(path), after.get(path)), path
        assert main(["prune", "--project", str(repository.folder)]) == 0
        assert _left(repository.folder) == [], moment
    assert dead > 4


def test_what_heals_touches_nothing_else(tmp_path: Path) -> None:
    """A note that somebody wrote removes no file but one that is called as dativo's are, inside."""
    (tmp_path / "project/.dativo").mkdir(parents=True)
    ours = "jobs/.dativo-new-0123456789ab"
    names = ("a.yaml", ours, "../outside", "../.dativo-new-0123456789ab", "link/.dativo-new")
    (tmp_path / "project/link").symlink_to(tmp_path)
    for number, name in enumerate(names):
        target = tmp_path / "project" / name
        target.parent.mkdir(exist_ok=True)
        target.write_text("x")
        (tmp_path / f"project/.dativo/beside-{number}").write_text(name)
    (tmp_path / "project/.dativo/beside-pipe").mkdir()
    os.mkfifo(tmp_path / "project/.dativo/beside-fifo")

    heal(str(tmp_path / "project"))

    left = [name for name in names if (tmp_path / "project" / name).exists()]
    assert left == [name for name in names if name != ours]
    assert os.listdir(tmp_path / "project/.dativo") == ["beside-pipe"]


def test_outside_of_a_project(tmp_path: Path) -> None:
    """Where nobody holds a lock, what a process left is removed once no process can be at it."""
    for name, age in (("0" * 12, 7200), ("1" * 12, 0)):
        path = tmp_path / f".dativo-new-{name}"
        path.write_text("x")
        os.utime(path, (path.stat().st_mtime - age,) * 2)

    replace_beside(str(tmp_path / "tags.json"), b"{}")

    assert sorted(os.listdir(tmp_path)) == [".dativo-new-" + "1" * 12, "tags.json"]
