"""What only a process shows: signals, pipes, processes that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import run
from generator.errors import MachineError
from generator.files.forked import forked
from generator.files.processors import may_fork
from tests.repository import PROGRAM, TOP, Repository

pytestmark = pytest.mark.skipif(not may_fork(), reason="needs fork and a second processor")

# A dativo whose second process takes part in the smallest run, and whose writing takes long.
# A shell starts what runs in the background with SIGINT ignored; a terminal does not.
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from generator import run
from generator.errors import MachineError
from generator.cli import main
from generator.tree.staged import StagedRoot
run.ENOUGH_TO_FORK = 0
place = StagedRoot.place
def slowly(self):
    print("writing", self.shown, file=sys.stderr, flush=True)
    place(self)
    time.sleep(0.2)
StagedRoot.place = slowly
sys.exit(main())
"""


def start(repository: Repository, *arguments: str) -> subprocess.Popen[str]:
    """Start the slow dativo in a process group of its own, as a terminal would."""
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, *arguments],
        cwd=repository.folder,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def complete(root: Path) -> bool:
    """Whether a root has its manifest, and nothing that was half written."""
    names = set(os.listdir(root))
    return ".dativo.json" in names and not {n for n in names if "new" in n}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whom", ["group", "parent"])
def test_interrupted(repository: Repository, whom: str, number: signal.Signals) -> None:
    """Ctrl-C once files are put in their places waits until all are there, and says so."""
    for job in range(4):
        repository.job(f"job-{job}")
    process = start(repository, "generate")
    assert process.stderr is not None
    while "writing" not in process.stderr.readline():
        assert process.poll() is None
    if whom == "group":
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)

    _, err = process.communicate(timeout=60)

    assert process.returncode == 128 + number
    assert "; all 4 roots had been written" in err and "Traceback" not in err
    with pytest.raises(ProcessLookupError):  # nobody is left in the group
        os.killpg(process.pid, 0)
    roots = [path.parent for path in repository.folder.glob("generated/acme/*/prod/main.tf")]
    assert len(roots) == 4
    assert all(complete(root) for root in roots)
    assert repository.run("check").code == 0


def test_interrupted_while_reading(repository: Repository) -> None:
    """Ctrl-C before anything is written leaves nothing behind."""
    for number in range(200):
        repository.job(f"job-{number}")
    process = start(repository, "generate")
    time.sleep(0.4)
    os.killpg(process.pid, signal.SIGINT)

    _, err = process.communicate(timeout=30)

    if process.returncode == 130:  # it was not quicker than we
        assert "Traceback" not in err
    assert not list(repository.folder.glob("generated/**/*new*"))


class _UnpicklableError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("no way back")


def _fail() -> None:
    raise KeyError("x")


def _fail_oddly() -> None:
    raise _UnpicklableError(1, 2)


def test_second_process_that_fails() -> None:
    """Its exception arrives with its traceback, even one that cannot cross a pipe."""
    with forked(_fail) as result, pytest.raises(KeyError) as caught:
        result()
    assert "in _fail" in caught.value.__notes__[0]
    with forked(_fail_oddly) as result, pytest.raises(RuntimeError, match="no way back"):
        result()
    with forked(lambda: "x" * 1_000_000) as result:
        assert result() == "x" * 1_000_000


def _children() -> set[str]:
    """Of this process, ended ones that nobody waited for included; other tests may have some."""
    lists = Path("/proc/self/task").glob("*/children")
    return {child for children in lists for child in children.read_text().split()}


def test_second_process_that_dies() -> None:
    """It is told, and no zombie stays."""
    before = _children()
    with forked(lambda: os._exit(9)) as result, pytest.raises(MachineError, match="second process"):
        result()
    assert _children() == before


def test_second_process_that_nobody_waits_for() -> None:
    """What this process fails in meanwhile ends the other one as well, whatever it does."""
    started, before = time.monotonic(), _children()
    for call in (lambda: time.sleep(60), lambda: "x" * 10_000_000):
        with pytest.raises(ZeroDivisionError), forked(call):
            raise ZeroDivisionError
    assert _children() == before
    assert time.monotonic() - started < 30


def test_bug_in_the_second_process(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash there ends with the bug report, its traceback included, and nothing is written."""
    for name in ("a", "b"):
        repository.job(name)
    monkeypatch.setattr(run, "ENOUGH_TO_FORK", 0)
    parent = os.getpid()

    def broken(*_: object) -> None:
        if os.getpid() != parent:
            raise ZeroDivisionError("far away")

    monkeypatch.setattr(run.Run, "_build", broken)
    done = repository.run("generate")

    assert done.code == 3
    assert "far away" in done.err or "bug" in done.err
    assert not (repository.folder / "generated").exists()


def test_nobody_reads(repository: Repository) -> None:
    """A reader that goes away is no bug: no traceback, and the code that a shell gives SIGPIPE."""
    repository.job("orders")
    command = f"'{PROGRAM}' explain jobs/orders.yaml"
    script = f"set -o pipefail; {{ sleep 0.5; {command}; }} | true; echo $?"

    done = subprocess.run(
        ["bash", "-c", script], cwd=repository.folder, capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("141\n", "")


def test_colours(repository: Repository) -> None:
    """Messages have colours on a terminal only, and not against NO_COLOR."""
    pty = pytest.importorskip("pty")
    repository.job("orders", "  netwrok: {}\n")
    shown = {}
    for no_color in ("", "1"):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "check"],
            cwd=repository.folder,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": no_color},
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        process.communicate()
        os.close(theirs)
        shown[no_color] = os.read(ours, 65536)
        os.close(ours)

    assert b"\x1b[1;31merror" in shown[""]
    assert b"\x1b[1;31m" not in shown["1"] and b"netwrok" in shown["1"]


def test_no_plugins(repository: Repository) -> None:
    """What plugins of pydantic are installed does not matter: none is even imported."""
    repository.job("orders")
    library = repository.folder.parent / "library"
    info = library / "plugged-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugged\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[pydantic]\nplugged = plugged:plugin\n")
    (library / "plugged.py").write_text("raise SystemExit('a plugin is imported')\n")

    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        check=False,
        cwd=repository.folder,
        env={**os.environ, "PYTHONPATH": f"{TOP}{os.pathsep}{library}"},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
