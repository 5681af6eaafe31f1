"""Whatever stands where a command reads or writes: it ends, says so, and reaches nothing outside.

Which places those are is not written down: they are what the commands open in a project that has
everything.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator import cli
from generator.files.paths import is_leftover
from tests.commands.on_disk import COMMANDS, Ended, lay_out, run_apart
from tests.repository import Repository

if not hasattr(os, "mkfifo"):
    pytest.skip("needs named pipes", allow_module_level=True)

# Commands that need Terraform and a registry, or are held against their places elsewhere.
ELSEWHERE = {"lock", "rehearse"}
# Of files that are alike one is looked at.
ALIKE = (
    re.compile(r"generated/acme/(?!orders/prod).*"),
    re.compile(r"modules/.*/(?!variables\.tf|outputs\.tf).*\.tf"),
    re.compile(r"generated/acme/orders/prod/(?!main|needs)\w+\.(tf|py)"),
    re.compile(r"\.git(/.*)?"),
)


def _device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # as /dev/zero
    except OSError:  # root alone may do that
        path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    path.write_text("")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything, but not this
        path.unlink()
        path.symlink_to("/proc/self/mem")


# What stands there; each is given the place, and a folder outside of the project.
KINDS: dict[str, Callable[[Path, Path], None]] = {
    "a pipe": lambda path, _: os.mkfifo(path),
    "a folder": lambda path, _: path.mkdir(),
    "a device": lambda path, _: _device(path),
    "no rights": lambda path, _: _unreadable(path),
    "a circle": lambda path, _: path.symlink_to(path.name),
    "a link to a file": lambda path, outside: path.symlink_to(outside / "file"),
    "a link to a folder": lambda path, outside: path.symlink_to(outside / "folder"),
    "a link to nothing": lambda path, outside: path.symlink_to(outside / "new"),
}


class World:
    """The project as it is laid out, copies of it, and a folder that is none of ours."""

    def __init__(self, top: Path) -> None:
        self._top, self.base, self.outside = top, top / "base", top / "outside"
        (self.outside / "folder").mkdir(parents=True)
        (self.outside / "file").write_text("theirs\n")
        repository = Repository(self.base)
        lay_out(repository)
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "a")):
            subprocess.run(["git", *arguments], cwd=repository.folder, check=True)

    def run(self, command: str, place: str = "", kind: str = "") -> Ended:
        """Run a command in a copy in which something else stands at a place."""
        project = self._top / "project"
        for folder in (project, self._top / "fresh"):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.base, project, symlinks=True)
        if place:
            target = project / place
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            KINDS[kind](target, self.outside)
        return run_apart(project, COMMANDS[command])

    def theirs(self) -> dict[str, bytes | None]:
        """What is outside."""
        return {
            path.relative_to(self.outside).as_posix(): (
                path.read_bytes() if path.is_file() else None
            )
            for path in self.outside.rglob("*")
        }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One for all tests."""
    return World(tmp_path_factory.mktemp("places"))


def _is_looked_at(place: str) -> bool:
    name = place.rpartition("/")[2]
    scratch = any(map(is_leftover, place.split("/"))) or name.startswith(("tmp-", "beside-"))
    return not scratch and not any(one.fullmatch(place) for one in ALIKE)


def _opened_by(here: World, commands: list[str]) -> Mapping[str, list[str]]:
    """Each place, to the commands that open it."""
    found: dict[str, list[str]] = defaultdict(list)
    for command in commands:
        ended = here.run(command)
        assert ended.code in (0, 2), (command, ended.said)
        for place in filter(_is_looked_at, ended.opened):
            found[place].append(command)
    return dict(sorted(found.items()))


def _cases(opened: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Every place with every kind; the commands that open it take turns."""
    turns: dict[str, int] = defaultdict(int)
    for place, commands in opened.items():
        for kind in KINDS:
            least = min(commands, key=lambda command: turns[command])
            turns[least] += 1
            yield least, place, kind


def _assert_well(here: World, command: str, place: str, kind: str) -> None:
    before = here.theirs()
    ended = here.run(command, place, kind)
    said = f"{command} with {kind} at {place}: {ended.code}, {ended.said[-600:]}"
    assert ended.code in (0, 1, 2), said
    assert "Traceback" not in ended.said, said
    assert here.theirs() == before, said
    if ended.code == 1 and not (kind == "a folder" and (here.base / place).is_dir()):
        # The place, or what cannot be reached without it. Of a folder that is empty now, what
        # was in it is missed.
        names = (place, os.path.dirname(place), os.path.basename(place))
        assert any(name and name in ended.said for name in names), said


def test_every_command_is_here() -> None:
    """A new command has to be tried like the others."""
    assert {one[0] for one in COMMANDS.values()} == {*cli.COMMANDS, "dativo-hook"} - ELSEWHERE


def test_a_sample(here: World) -> None:
    """What is read and written most."""
    opened = _opened_by(here, ["generate", "resolve"])
    assert {"dativo.yaml", "jobs/orders.yaml", "assets/own.yaml", "outputs.json"} <= opened.keys()
    for command, place, kind in [*_cases(opened)][::41]:
        _assert_well(here, command, place, kind)


@pytest.mark.deep
def test_every_place(here: World) -> None:
    """Two or three things at each place, with one of the commands that open it."""
    opened = _opened_by(here, [*COMMANDS])
    assert {
        *(".github/workflows/dativo.yml", "generated/acme/orders/prod/.dativo.json"),
        *("export.json", "legacy/main.tf", "schemas/job.schema.json", ".dativo/roots.txt"),
    } <= opened.keys()
    faults = []
    for command, place, kind in [*_cases(opened)][::3]:
        try:
            _assert_well(here, command, place, kind)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n\n".join(faults)
