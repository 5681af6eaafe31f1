"""A power cut, wherever: of what was written since it was last synced any part may be lost."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.deep import sampled
from tests.repository import Repository
from tests.tree.cut_short import CHANGES, generate, healed, laid_out, restore
from tests.tree.killing import run_apart
from tests.tree.trees import Tree, wanted

pytest.importorskip("fcntl")

# What a file system that did not get to it leaves of a file.
LEAVES: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda data: data,
    "empty": lambda data: b"",
    "nul": lambda data: bytes(len(data)),
    "half": lambda data: data[: len(data) // 2].rstrip(b"\n"),
    "half and nul": lambda data: data[: len(data) // 2].ljust(len(data), b"\0"),
    "a block": lambda data: data[:512],
}
SECOND = {"required_version": ">= 1.11"}


class Disk:
    """Knows which files of a project a power cut may take: those not synced since a moment."""

    def __init__(self, project: Path, notes: Path) -> None:
        self._project, self._notes = project, notes
        self._notes.write_bytes(b"")
        self._before = self._files()

    def noting(self, call: Callable[[], None]) -> Callable[[], None]:
        """The call, with a note of each file that it syncs, to be run in a process of its own."""

        def noted() -> None:
            target = os.open(self._notes, os.O_WRONLY | os.O_APPEND)
            real, write = os.fsync, os.write

            def fsync(descriptor: Any) -> None:
                real(descriptor)
                write(target, b"%d\n" % os.fstat(descriptor).st_ino)

            setattr(os, "fsync", fsync)  # noqa: B010 - mypy knows it as something wider
            call()

        return noted

    def at_stake(self) -> list[Path]:
        """The files that are not on the disk for certain."""
        synced = {int(line) for line in self._notes.read_text().split()}
        return sorted(
            path
            for path, found in self._files().items()
            if self._before.get(path) != found and found[0] not in synced
        )

    def _files(self) -> dict[Path, tuple[int, int]]:
        found = ((path, path.lstat()) for path in self._project.rglob("*") if path.is_file())
        return {path: (seen.st_ino, seen.st_mtime_ns) for path, seen in found}


def _strike(disk: Disk, chance: random.Random) -> None:
    for path in disk.at_stake():
        path.write_bytes(LEAVES[chance.choice([*LEAVES])](path.read_bytes()))


@pytest.mark.parametrize("change", sampled({name: name for name in CHANGES}, "changed", "created"))
def test_next_run_heals(tree: Tree, tmp_path: Path, change: str) -> None:
    """Whenever the power goes, and whatever it takes, the next run of the same jobs finishes."""
    before, roots, *_ = CHANGES[change]
    laid_out(tree, before)
    chance = random.Random(change)  # noqa: S311 - drawn alike each time
    content, ways = tree.content(), 0
    for moment in count(1, 3):
        restore(tree, content)
        disk = Disk(tree.project, tmp_path / "synced")
        ended = run_apart(disk.noting(generate(tree, roots)), moment)
        _strike(disk, chance)
        healed(tree, roots)
        ways += 1
        if ended is not None:
            break
    assert ways > 3


def _struck(tree: Tree, tmp_path: Path, leaves: str) -> None:
    """Let a run over one root end, and the power go."""
    disk = Disk(tree.project, tmp_path / "synced")
    run_apart(disk.noting(generate(tree, wanted("b" * 4096, **SECOND))))
    for path in disk.at_stake():
        path.write_bytes(LEAVES[leaves](path.read_bytes()))


@pytest.mark.parametrize("leaves", ["empty", "nul"])
def test_job_changed_since(tree: Tree, tmp_path: Path, leaves: str) -> None:
    """With another job, too, where nothing is left to tell apart."""
    laid_out(tree, wanted("a"))
    _struck(tree, tmp_path, leaves)
    healed(tree, wanted("c"))


def test_half_of_another_job(tree: Tree, tmp_path: Path) -> None:
    """The beginning of what nobody wants any more is told for what it is, and --force goes on."""
    laid_out(tree, wanted("a"))
    _struck(tree, tmp_path, "half and nul")
    problems = tree.compare(wanted("c")).problems
    assert problems and {one.code for one in problems} == {"hand-edited"}
    assert all("cut short" in p.message and "--force" in str(p.hint) for p in problems)
    tree.generate(wanted("c"), force=True)
    healed(tree, wanted("c"))


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("staged", [False, True])
def test_git_vouches(tree: Tree, staged: bool) -> None:
    """Renames in another order: the new manifest, or none, beside files that git has."""
    laid_out(tree, wanted("a"))
    _git(tree.project.parent, "init", "-q")
    _git(tree.project, "add", ".")
    if not staged:
        _git(tree.project, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    old = {path: path.read_bytes() for path in tree.root.iterdir()}
    tree.generate(wanted("b", **SECOND))
    new = (tree.root / ".dativo.json").read_bytes()
    for left in (new, b"", new[: len(new) // 2]):
        for path, data in old.items():
            path.write_bytes(data)
        (tree.root / ".dativo.json").write_bytes(left)
        healed(tree, wanted("c"))
    (tree.root / "main.tf").write_bytes(old[tree.root / "main.tf"] + b"# mine\n")
    assert tree.codes(wanted("a")) == ["hand-edited"]


def test_same_times(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has its size and times, and not its content, is seen once the machine is up."""
    monkeypatch.setattr("generator.noop.note.TICK", -(10**12))  # no stamp is too young
    repository.job("orders")
    assert repository.run("generate").code == 0
    target = repository.root("orders") / "main.tf"
    stale = {path: path.lstat() for path in target.parent.iterdir()}
    real = os.lstat
    target.write_bytes(bytes(target.stat().st_size))

    def lstat(path: Any, **more: Any) -> os.stat_result:
        return stale.get(Path(os.fsdecode(path))) or real(path, **more)

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr("generator.files.stamps._BY_DESCRIPTOR", False)
    assert repository.run("check").code == 0  # as long as nobody started the machine again
    for module in ("generator.kept.record", "generator.noop.note"):
        monkeypatch.setattr(f"{module}.boot", lambda: "another")
    done = repository.run("check")
    assert done.code == 2 and "main.tf" in done.out
    assert repository.run("check", str(target.parents[4] / "jobs/orders.yaml")).code == 2


def test_files_of_people_are_synced(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job file that dativo rewrites is on the disk before it takes the place of the old one."""
    job = repository.job("orders")
    text = job.read_text().replace("{type: cloud_run_job,", "{type: cloud_run,")
    job.write_text(text)
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: Any) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert repository.run("migrate", str(job)).code == 0
    assert job.read_text() != text
    assert job.stat().st_ino in synced
