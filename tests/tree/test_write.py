"""What generating does to the disk when nothing stands in the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from generator.errors import TreeError
from generator.plan.root_plan import Backend
from generator.tree.write import write
from tests.tree.trees import FOLDER, Tree, other, wanted


def test_created_then_unchanged(tree: Tree) -> None:
    """The first run writes the texts as they are; the second finds them and touches nothing."""
    roots = wanted()
    assert tree.generate(roots) == {FOLDER: "created"}
    assert {path.name: path.read_text() for path in tree.root.iterdir()} == roots[FOLDER]
    before = {path.name: path.stat().st_mtime_ns for path in tree.root.iterdir()}
    assert tree.generate(roots) == {FOLDER: "unchanged"}
    assert {path.name: path.stat().st_mtime_ns for path in tree.root.iterdir()} == before


def test_only_what_differs_is_written(tree: Tree) -> None:
    """A changed module input rewrites main.tf and the manifest, and nothing else."""
    tree.generate(wanted("a"))
    comparison = tree.compare(wanted("b"))
    assert [list(change.writes) for change in comparison.roots] == [["main.tf", ".dativo.json"]]
    before = {path.name: path.stat().st_ino for path in tree.root.iterdir()}
    assert tree.generate(wanted("b")) == {FOLDER: "changed"}
    after = {path.name: path.stat().st_ino for path in tree.root.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"main.tf", ".dativo.json"}


def test_comparing_writes_nothing(tree: Tree) -> None:
    """Comparison looks only."""
    tree.compare(wanted())
    assert tree.content() == {}


def test_file_mode_follows_umask(tree: Tree) -> None:
    """Files are neither executable nor more open than the umask allows."""
    old = os.umask(0o022)
    try:
        tree.generate(wanted())
    finally:
        os.umask(old)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tree.root.iterdir()} == {0o644}


def test_missing_file_is_restored(tree: Tree) -> None:
    """A generated file that was deleted comes back."""
    tree.generate(wanted())
    (tree.root / "main.tf").unlink()
    assert tree.generate(wanted()) == {FOLDER: "changed"}
    assert (tree.root / "main.tf").read_text() == wanted()[FOLDER]["main.tf"]


def test_stale_file_is_removed(tree: Tree) -> None:
    """A file that is no longer generated goes."""
    tree.generate(wanted())
    assert (tree.root / "outputs.tf").exists()
    assert tree.generate(wanted(outputs=())) == {FOLDER: "changed"}
    assert not (tree.root / "outputs.tf").exists()


def test_files_of_the_user_stay(tree: Tree) -> None:
    """What dativo does not write, it does not touch."""
    tree.generate(wanted())
    (tree.root / ".terraform").mkdir()
    mine = ("network_extra.tf", "override.tf", "x_override.tf", ".terraform.lock.hcl")
    for name in (*mine, "terraform.tfstate", "notes.md", ".terraform/x"):
        (tree.root / name).write_text("mine")
    tree.generate(wanted("b", outputs=()))
    tree.generate(wanted("c"), force=True)
    for name in (*mine, "terraform.tfstate", "notes.md", ".terraform/x"):
        assert (tree.root / name).read_text() == "mine"


def test_line_ends_of_a_checkout(tree: Tree) -> None:
    """Files that git gave other line ends are unchanged, and still ours when they change."""
    tree.generate(wanted())
    for path in tree.root.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert tree.generate(wanted()) == {FOLDER: "unchanged"}
    assert tree.generate(wanted("b")) == {FOLDER: "changed"}


def test_moved_state_stops(tree: Tree) -> None:
    """A state at another address stops the run, until it is said to be wanted."""
    tree.generate(wanted())
    moved = Backend("s3", {"bucket": "other"}, "s3://other")
    comparison = tree.compare(wanted(backend=moved))
    assert [problem.code for problem in comparison.problems] == ["state-moved"]
    assert "init -migrate-state" in comparison.problems[0].hint
    assert tree.generate(wanted(backend=moved), migrate=True) == {FOLDER: "changed"}


def test_problems_stop_every_root(tree: Tree) -> None:
    """With a problem in one root nothing is written in any."""
    tree.generate(wanted())
    (tree.root / "main.tf").write_text("mine")
    before = tree.content()
    with pytest.raises(TreeError):
        tree.generate(wanted("b") | other("second"))
    assert tree.content() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(tree: Tree) -> None:
    """A folder that cannot be written is an error that names it."""
    tree.generate(wanted())
    tree.root.chmod(0o555)
    with pytest.raises(TreeError, match="cannot write generated/acme/stripe-customers/prod: Perm"):
        tree.generate(wanted("b"))
    tree.root.chmod(0o755)


def test_no_space(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system while writing is told with the file, and the next run goes on."""

    def full(descriptor: int, data: Any) -> int:
        raise OSError(28, "No space left on device", "main.tf")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(TreeError, match="No space left on device"):
            tree.generate(wanted())
    assert tree.generate(wanted()) == {FOLDER: "created"}
    assert sorted(path.name for path in tree.root.iterdir()) == sorted(wanted()[FOLDER])


def test_file_where_a_folder_belongs(tree: Tree) -> None:
    """A file called like a tenant is a problem, not a crash."""
    tree.path().mkdir()
    Path(tree.path("acme")).write_text("x")
    assert tree.codes(wanted()) == ["symbolic-link"]


@pytest.mark.parametrize("left", [b"", bytes(300)])
def test_power_cut(tree: Tree, left: bytes) -> None:
    """Files that a power cut left empty or full of NULs are told, and written anew."""
    tree.generate(wanted())
    names = sorted(wanted()[FOLDER].keys() - {".dativo.json"})
    for name in names:
        (tree.root / name).write_bytes(left)
    [change] = tree.compare(wanted()).roots
    assert sorted(change.writes) == names
    assert tree.generate(wanted("b")) == {FOLDER: "changed"}
    assert {path.name: path.read_text() for path in tree.root.iterdir()} == wanted("b")[FOLDER]


@pytest.mark.parametrize("cut", [0, 7, 90, 512])
def test_power_cut_takes_the_manifest(tree: Tree, cut: int) -> None:
    """Without a manifest only what is wanted anyway is taken for ours; all else is told."""
    tree.generate(wanted())
    manifest = tree.root / ".dativo.json"
    manifest.write_bytes(manifest.read_bytes()[:cut])
    [problem] = tree.compare(wanted("b")).problems
    assert problem.code == "hand-edited" and "main.tf" in problem.message
    assert "cut short" in problem.message and "restore that file from git" in problem.hint
    tree.generate(wanted())
    assert {path.name: path.read_text() for path in tree.root.iterdir()} == wanted()[FOLDER]


def test_lines_removed_by_hand(tree: Tree) -> None:
    """A file whose last lines somebody removed was edited, though it is the beginning of ours."""
    tree.generate(wanted())
    text = (tree.root / "main.tf").read_bytes()
    (tree.root / "main.tf").write_bytes(text[: text.rindex(b"\n", 0, -1) + 1])
    assert tree.codes(wanted()) == ["hand-edited"]


def test_file_made_meanwhile(tree: Tree) -> None:
    """A file that somebody makes or edits between comparing and writing is never replaced."""
    for name, first in (("main.tf", {}), ("main.tf", wanted())):
        if first:
            tree.generate(first)
        comparison = tree.compare(wanted("b"))
        tree.root.mkdir(parents=True, exist_ok=True)
        (tree.root / name).write_text("mine")
        with pytest.raises(TreeError, match="nothing was written"):
            write(comparison, comparison.changes)
        assert (tree.root / name).read_text() == "mine"
        assert not [path for path in tree.root.iterdir() if "new" in path.name]
        (tree.root / name).unlink()
