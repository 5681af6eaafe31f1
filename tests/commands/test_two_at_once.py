"""Several dativo at work in one project: they take turns, and no root is ever of two minds."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.job.holder import holder
from tests.repository import PROGRAM, Repository

fcntl = pytest.importorskip("fcntl")
PROC = os.path.exists("/proc/locks")


def start(repository: Repository, *arguments: str) -> subprocess.Popen[str]:
    """Start dativo in the project folder."""
    return subprocess.Popen(
        [PROGRAM, *arguments],
        cwd=repository.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> int:
    """The exit code of a process, when it has ended."""
    process.communicate(timeout=60)
    return process.returncode


@contextmanager
def somebody_at_work(repository: Repository, shared: bool = False) -> Iterator[None]:
    """Hold the lock as another dativo does."""
    descriptor = os.open(repository.folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def leftovers(repository: Repository) -> list[str]:
    """Files that only stand there while a root is written."""
    return [path for path in repository.contents() if "new" in path.rpartition("/")[2]]


def test_two_generate(repository: Repository) -> None:
    """Both succeed, with the roots that one alone would have written."""
    for number in range(8):
        repository.job(f"job-{number}")
    for turn in range(4):
        for number in range(8):
            name = f"jobs/job-{number}.yaml"
            repository.edit(name, f"etl:1.{turn}", f"etl:1.{turn + 1}")

        both = [start(repository, "generate") for _ in range(2)]
        said = [process.communicate(timeout=60) for process in both]

        assert [process.returncode for process in both] == [0, 0], said
        assert repository.run("check").code == 0
        assert leftovers(repository) == []


def test_waits_and_says_so(repository: Repository) -> None:
    """What writes waits for another dativo and says so after a moment, then goes on. Where the
    system tells who that is, so does dativo.
    """
    repository.job("orders")
    with somebody_at_work(repository):
        process = start(repository, "generate")
        assert process.stderr is not None
        said = process.stderr.readline()
        known = rf" \(process {os.getpid()}, .*py.*, for [0-9]+ s\)" if PROC else ""
        plain = "dativo: waiting for another dativo that works in this project"
        assert re.fullmatch(f"{plain}{known}\n", said), said
        assert not (repository.folder / "generated").exists()

    assert ended(process) == 0
    assert repository.root("orders").is_dir()


def test_whom_it_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process in another container, or none that can be known, has no name."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    assert holder(descriptor) == ""
    found = os.fstat(descriptor)
    place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    told = {
        f"1: FLOCK  ADVISORY  WRITE 0 {place} 0 EOF": "",
        f"1: FLOCK  ADVISORY  WRITE {2**22 + 1} {place} 0 EOF": "",
        f"1: POSIX  ADVISORY  WRITE {os.getpid()} {place} 0 EOF": "",
        f"1: -> FLOCK  ADVISORY  WRITE {os.getpid()} {place} 0 EOF": "",
        "nonsense": "",
        f"1: FLOCK  ADVISORY  READ {os.getpid()} {place} 0 EOF": f"process {os.getpid()}, ",
    }
    for line, who in told.items():
        (tmp_path / "locks").write_text(f"{line}\n", encoding="ascii")
        monkeypatch.setattr("generator.job.holder._LOCKS", os.fspath(tmp_path / "locks"))
        if PROC or not who:
            assert holder(descriptor).startswith(who) and bool(who) == bool(holder(descriptor))
    os.close(descriptor)


@pytest.mark.parametrize(
    "command",
    [
        ("generate",),
        ("prune",),
        ("migrate", "jobs/orders.yaml"),
        ("resolve", "jobs/orders.yaml", "outputs.json", "--in-place"),
    ],
    ids=lambda command: command[0],
)
def test_what_writes_waits_for_what_compares(
    repository: Repository, command: tuple[str, ...]
) -> None:
    """Every command that writes to the project waits until nobody else is at work there."""
    repository.job("orders")
    repository.write("outputs.json", "{}")
    with somebody_at_work(repository, shared=True):
        process = start(repository, *command)
        time.sleep(0.8)
        assert process.poll() is None

    assert ended(process) == 0


def test_check_waits_for_generate_only(repository: Repository) -> None:
    """Two checks go side by side; one that meets a generate at work waits, or it would see half."""
    repository.job("orders")
    assert repository.run("generate").code == 0
    repository.job("refunds")
    with somebody_at_work(repository, shared=True):
        assert repository.spawn("check").code == 2
    with somebody_at_work(repository):
        process = start(repository, "check")
        time.sleep(0.8)
        assert process.poll() is None

    assert ended(process) == 2


def test_lock_leaves_nothing(repository: Repository) -> None:
    """Nothing lies in the project for the lock's sake, and a run that failed made no folder."""
    repository.job("orders", "  netwrok: {}\n")
    before = sorted(repository.folder.rglob("*"))
    assert repository.run("generate").code == 1
    assert repository.run("check").code == 1
    assert sorted(repository.folder.rglob("*")) == before


def test_killed_at_any_moment(repository: Repository) -> None:
    """A run that was killed locks nobody out, and what it left is finished by the next."""
    for number in range(20):
        repository.job(f"job-{number}")
    chance = random.Random(9)  # noqa: S311 - the same moments every time
    for turn in range(4):
        for number in range(20):
            repository.edit(f"jobs/job-{number}.yaml", f"etl:1.{turn}", f"etl:1.{turn + 1}")
        process = start(repository, "generate")
        time.sleep(0.3 + chance.random() / 2)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)

        done = repository.spawn("generate")

        assert done.code == 0, done.err
        assert repository.run("check").code == 0
        assert leftovers(repository) == []


def test_two_resolve(repository: Repository) -> None:
    """Two environments of one job filled in at once: neither loses what the other wrote."""
    names = [f"e{number}" for number in range(4)]
    environments = "".join(
        f'  {name}: {{infrastructure: {{tags: {{team: "{{{{terraform_outputs.job_name}}}}"}}}}}}\n'
        for name in names
    )
    path = repository.job("orders")
    path.write_text(
        path.read_text().replace("environment: prod\n", "") + "environments:\n" + environments
    )
    both = []
    for name in names:
        repository.write(f"{name}.json", json.dumps({"job_name": f"value-{name}"}))
        both.append(
            start(
                repository,
                *("resolve", "jobs/orders.yaml", f"{name}.json", "--environment", name),
                "--in-place",
            )
        )
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0] * len(names), said
    text = path.read_text()
    assert all(f"value-{name}" in text for name in names), text
