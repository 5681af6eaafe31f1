"""What the system does to a run: no space, no output, a process that is killed beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.files.processors import may_fork
from tests.repository import PROGRAM, TOP, Done, Repository

resource = pytest.importorskip("resource")

# A dativo whose second process takes part in the smallest run, and is killed where it is told.
KILLED = """
import os, signal, sys
from generator import run
from generator.cli import main
from generator.tree.staged import StagedRoot
run.ENOUGH_TO_FORK = 1
first, name = os.getpid(), sys.argv.pop(1)
holder = run.Run if name == "_build" else StagedRoot
real = getattr(holder, name)
def deadly(self, *arguments):
    if os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, *arguments)
setattr(holder, name, deadly)
sys.exit(main())
"""
# A large file system has more room than a small one.
ROOM, MORE_ROOM = "size=400k", "size=4m"


def there(repository: Repository) -> dict[str, bytes | None]:
    """Every file and folder of the project."""
    return {
        path.relative_to(repository.folder).as_posix(): (
            path.read_bytes() if path.is_file() else None
        )
        for path in repository.folder.rglob("*")
    }


def healed(repository: Repository) -> None:
    """The next run writes all, and leaves nothing else."""
    done = repository.spawn("generate")
    assert done.code == 0, done.err
    assert repository.spawn("check").code == 0
    assert not [path for path in there(repository) if "new" in path or path == ".dativo/writing"]


def limited(size: int) -> Callable[[], None]:
    """What lets a program write no file beyond a size in bytes, as ``ulimit -f`` does."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def refused(done: Done, reason: str) -> None:
    """One error says why, and that nothing was written."""
    assert done.code == 1, done.err
    assert f"{reason}; nothing was written" in done.err
    assert done.err.count("error: ") == 1 and "Traceback" not in done.err + done.out


@pytest.mark.skipif(not may_fork(), reason="needs fork and a second processor")
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("_build", ""),
        ("stage", "; nothing was written"),
        ("place", "; 2 of 4 roots had been written"),
    ],
)
def test_second_process_is_killed(repository: Repository, where: str, said: str) -> None:
    """The run ends with a sentence that says what was written, and the next one goes on."""
    for job in range(4):
        repository.job(f"job-{job}")
    before = there(repository)

    done = subprocess.run(
        [sys.executable, "-c", KILLED, where, "generate"],
        cwd=repository.folder,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    message = "the second process of the run was ended by the system: out of memory, or killed"
    assert done.stderr == f"dativo: {message}{said}\n"
    if where != "place":
        assert there(repository) == before
    healed(repository)


def test_no_file_may_be_that_large(repository: Repository) -> None:
    """A limit on the size of files ends a first run, and a later one, before anything changes."""
    for job in range(4):
        repository.job(f"job-{job}")
    before = there(repository)
    refused(repository.spawn("generate", preexec_fn=limited(1000)), "File too large")
    assert there(repository) == before

    healed(repository)
    for job in range(4):
        repository.edit(f"jobs/job-{job}.yaml", "memory: 2Gi", "memory: 4Gi")
    before = there(repository)
    refused(repository.spawn("generate", preexec_fn=limited(1000)), "File too large")
    assert there(repository) == before
    healed(repository)


@pytest.mark.parametrize(
    "command",
    [
        ("resolve", "jobs/orders.yaml", "outputs.json", "--in-place"),
        ("export", "tfvars", "jobs/refunds.yaml", "--output", "refunds.tfvars"),
    ],
    ids=lambda command: command[0],
)
def test_no_file_of_a_user_is_cut_short(repository: Repository, command: tuple[str, ...]) -> None:
    """Commands that write one file write all of it or nothing."""
    repository.job("refunds")
    repository.job("orders", '  tags: {note: "{{terraform_outputs.job_name}}"}\n')
    repository.write("outputs.json", '{"job_name": "orders-prod"}')
    before = there(repository)

    done = repository.spawn(*command, preexec_fn=limited(100))

    assert done.code == 1
    assert "File too large" in done.err and "Traceback" not in done.err
    assert there(repository) == before


def _mounted(folder: Path, options: str) -> bool:
    command = ("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Repository]:
    """A project on a file system of its own with little room."""
    folder = tmp_path / "narrow"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() or not _mounted(folder, ROOM):
        pytest.skip("no file system can be mounted here")
    try:
        yield Repository(folder)
    finally:
        subprocess.run(("umount", str(folder)), check=True)


def test_full_disk(narrow: Repository) -> None:
    """A disk without room for all roots gets none; with room it gets all."""
    for job in range(16):
        narrow.job(f"job-{job}")
    before = there(narrow)

    refused(narrow.spawn("generate"), "No space left on device")

    assert there(narrow) == before
    assert _mounted(narrow.folder, f"remount,{MORE_ROOM}")
    healed(narrow)


COMMANDS = [
    ("check", "--format", "json"),
    ("explain", "jobs/orders.yaml"),
    ("report", "--format", "csv"),
    ("generate",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_closed_output(repository: Repository, command: tuple[str, ...]) -> None:
    """Without standard output a command does the same and says nothing."""
    repository.job("orders")
    script = f"'{PROGRAM}' {' '.join(command)} <&- >&-"

    done = subprocess.run(
        ["sh", "-c", script], cwd=repository.folder, capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == (2 if "check" in command else 0)
    assert repository.root("orders").is_dir() == (command == ("generate",))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_full_output(repository: Repository, command: tuple[str, ...]) -> None:
    """An output that takes nothing is an error, not a bug of ours."""
    repository.job("orders")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [PROGRAM, *command],
            cwd=repository.folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    reason = "cannot write to standard output, or to a temporary file: No space left on device"
    assert done.stderr == f"dativo: {reason}\n"
