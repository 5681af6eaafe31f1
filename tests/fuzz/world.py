"""A project that nobody else sees, and what must hold of every command that runs in it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from generator.cli import main

TOP = Path(__file__).parent.parent.parent
_MODULES = ("aws-ecs-fargate", "aws-lambda", "azure-container-apps-job", "gcp-cloud-run-job")
# CPU seconds of one run over an input of up to 1 MiB; on a machine at rest it takes a tenth.
MOST_SECONDS = 10.0
_ALLOWED = (0, 1, 2)
# A manifest is itself an input where it is not what dativo wrote.
_NOT_GENERATED = frozenset((".dativo.json", "mine_extra.tf"))
# Controls, what turns the reading direction, separators, halves of pairs, what takes no column.
_ALIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe]"
)
# What changes the disk, as ``sys.audit`` tells of it; of ``open`` only where it may write.
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
)
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect")


class World:
    """A project folder; all in it but the modules and assets goes with ``clean``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        for name in _MODULES:
            shutil.copytree(TOP / "modules" / name, self.folder / "modules" / name)
        shutil.copytree(TOP / "assets", self.folder / "assets")

    def clean(self) -> None:
        """Take away all but the modules and assets."""
        for entry in os.scandir(self.folder):
            if entry.name in ("modules", "assets"):
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)

    def put(self, path: str, data: bytes | str) -> None:
        """Write a file of the project, with the folders it needs."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)

    def run(self, *arguments: str, programs: bool = False, into: tuple[str, ...] = ()) -> str:
        """Run a command, and hold it to what is promised of all.

        Args:
            arguments: of the command line, without ``--project``.
            programs: it may start others, such as git.
            into: what it may write to beside the output folder, below the project folder.

        Returns:
            What it printed to both streams.
        """
        command, *rest = arguments
        line = [command, "--project", str(self.folder), *rest]
        # As a terminal of UTF-8 takes it, where half a pair is an error.
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
        started = time.process_time()
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            _watched(
                [str(self.folder / path) for path in ("generated", ".dativo", *into)], programs
            ),
        ):
            try:
                code: Any = main(line)
            except SystemExit as error:  # argparse
                code = error.code
        took = time.process_time() - started
        printed.seek(0)
        text = printed.read()
        assert code in _ALLOWED and "Traceback" not in text, text[-6000:]
        assert took < MOST_SECONDS, f"{took:.1f} s of CPU"
        assert_inert(text)
        return text

    def generated(self) -> dict[str, str]:
        """Path to text of each file below the output folder that dativo may have written."""
        top = self.folder / "generated"
        return {
            path.relative_to(top).as_posix(): path.read_bytes().decode()
            for path in sorted(top.rglob("*"))
            if path.is_file() and not _NOT_GENERATED.intersection(path.parts)
        }


def assert_inert(text: str) -> None:
    """What is printed or written can move no cursor, hide nothing and turn nothing round."""
    found = _ALIVE.search(text)
    assert found is None, f"U+{ord(found[0]):04X} in {text[:300]!r}"


# The hook stays for the rest of the process, so it does nothing unless a run is watched.
_watch: list[tuple[list[str], bool, list[str]]] = []


@cache
def _install() -> None:
    sys.addaudithook(_see)


def _see(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watch:
        return
    places, programs, found = _watch[-1]
    if event in _PROGRAMS or event.startswith("ctypes."):
        if not programs and not (event == _PROGRAMS[0] and arguments[0] == "git"):
            found.append(f"{event} {arguments!r:.200}")
        return
    writes = (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if not writes and event not in _CHANGES:
        return
    path = arguments[0]
    if isinstance(path, int):
        return
    full = os.path.realpath(os.path.dirname(os.path.abspath(os.fsdecode(path))))
    full = os.path.join(full, os.path.basename(os.fsdecode(path)))
    is_ours = any(map(partial(_is_below, full), places)) or _is_scratch(full)
    if not is_ours and not _is_bytecode(full):
        found.append(f"{event} {full}")


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place + os.sep)


def _is_bytecode(path: str) -> bool:
    """Whether a path is of what Python, and Jinja like it, keep of code for the next process."""
    return _is_below(path, os.path.realpath(TOP)) and "__pycache__" in path.split(os.sep)


def _is_scratch(path: str) -> bool:
    """Whether a path is of the system's temporary folder, and not of the project there."""
    own = os.path.realpath(world().folder)
    return _is_below(path, os.path.realpath(tempfile.gettempdir())) and not _is_below(path, own)


@contextlib.contextmanager
def _watched(places: list[str], programs: bool) -> Iterator[None]:
    _install()
    found: list[str] = []
    _watch.append(([*map(os.path.realpath, places), os.devnull], programs, found))
    try:
        yield
    finally:
        _watch.pop()
    assert not found, found[:5]


@cache
def world() -> World:
    """The one of this process."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    _folders.append(folder)
    return World(Path(folder.name))


_folders: list[tempfile.TemporaryDirectory[str]] = []
