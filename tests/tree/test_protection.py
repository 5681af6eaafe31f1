"""What dativo does not overwrite, does not follow, and does not leave."""

from __future__ import annotations

import os

import pytest

from generator.errors import TreeError
from generator.render.render import HEADER
from generator.tree.compare import compare
from tests.tree.trees import FOLDER, OUTPUT, Tree, wanted


def test_hand_edit_is_reported(tree: Tree) -> None:
    """A generated file that somebody edited stops the run; --force replaces it."""
    tree.generate(wanted())
    path = tree.root / "main.tf"
    path.write_text(path.read_text() + "# mine\n")
    assert tree.codes(wanted()) == ["hand-edited"]
    assert tree.codes(wanted("b")) == ["hand-edited"]
    comparison = tree.compare(wanted(), force=True)
    assert (comparison.problems, list(comparison.roots[0].writes)) == ([], ["main.tf"])
    assert tree.generate(wanted(), force=True) == {FOLDER: "changed"}
    assert path.read_text() == wanted()[FOLDER]["main.tf"]


def test_hand_edit_that_is_the_new_text(tree: Tree) -> None:
    """An edit that the job has taken up by now is no conflict."""
    tree.generate(wanted("a"))
    (tree.root / "main.tf").write_text(wanted("b")[FOLDER]["main.tf"])
    assert tree.generate(wanted("b")) == {FOLDER: "changed"}


@pytest.mark.parametrize("force", [False, True])
def test_foreign_file_is_never_overwritten(tree: Tree, force: bool) -> None:
    """A file without our header stands, whatever is asked, before the first run and after."""
    tree.root.mkdir(parents=True)
    (tree.root / "main.tf").write_text("# by hand\n")
    assert tree.codes(wanted(), force=force) == ["foreign-file"]
    (tree.root / "main.tf").unlink()
    tree.generate(wanted())
    (tree.root / "main.tf").write_text("# by hand\n")
    assert tree.codes(wanted("b"), force=force) == ["foreign-file"]


def test_header_without_manifest(tree: Tree) -> None:
    """Without the manifest nobody knows whether a file was edited: --force decides."""
    tree.root.mkdir(parents=True)
    (tree.root / "main.tf").write_text(HEADER + "\n")
    assert tree.codes(wanted()) == ["hand-edited"]
    assert tree.generate(wanted(), force=True) == {FOLDER: "changed"}


def test_edited_stale_file(tree: Tree) -> None:
    """A stale file that was edited is not removed in silence; one that lost our header is kept."""
    tree.generate(wanted())
    path = tree.root / "outputs.tf"
    ours = path.read_text()
    path.write_text(ours + "# mine\n")
    assert tree.codes(wanted(outputs=())) == ["hand-edited"]
    path.write_text("# mine\n")
    assert tree.generate(wanted(outputs=()), force=True) == {FOLDER: "changed"}
    assert path.read_text() == "# mine\n"


def test_garbled_manifest(tree: Tree) -> None:
    """A merge conflict in the manifest stops the run; --force writes a new one."""
    tree.generate(wanted())
    (tree.root / ".dativo.json").write_text("<<<<<<< HEAD\n{}\n")
    assert tree.codes(wanted()) == ["manifest"]
    assert tree.generate(wanted(), force=True) == {FOLDER: "changed"}
    assert tree.generate(wanted()) == {FOLDER: "unchanged"}


@pytest.mark.parametrize("at", ["", "acme", "acme/stripe-customers", FOLDER])
def test_linked_folder(tree: Tree, at: str) -> None:
    """No folder on the way to a root may be a link, wherever it leads."""
    outside = tree.project.parent / "outside"
    outside.mkdir()
    link = tree.path(at) if at else tree.path()
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside, target_is_directory=True)
    if at:
        assert tree.codes(wanted(), force=True) == ["symbolic-link"]
        assert tree.scan() == ({}, [])
    else:
        for look in (lambda: tree.compare(wanted()), tree.scan):
            with pytest.raises(TreeError, match="symbolic link"):
                look()
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", ["main.tf", ".dativo.json", ".dativo.json.new", "README.md"])
def test_linked_file(tree: Tree, name: str) -> None:
    """A link in the place of a file is refused, and what it points at stays as it is."""
    outside = tree.project.parent / "outside.txt"
    outside.write_text("precious")
    tree.generate(wanted())
    (tree.root / name).unlink(missing_ok=True)
    (tree.root / name).symlink_to(outside)
    comparison = tree.compare(wanted("b"), force=True)
    assert [problem.code for problem in comparison.problems] == ["symbolic-link"]
    assert comparison.problems[0].location is not None
    assert comparison.problems[0].location.file == f"{OUTPUT}/{FOLDER}/{name}"
    assert outside.read_text() == "precious"


def test_linked_scratch_file(tree: Tree) -> None:
    """A link laid where the writer puts a file for a moment is not written through."""
    outside = tree.project.parent / "outside.txt"
    outside.write_text("precious")
    tree.generate(wanted())
    (tree.root / ".dativo-new").symlink_to(outside)
    assert tree.generate(wanted("b")) == {FOLDER: "changed"}
    assert not (tree.root / ".dativo-new").is_symlink()
    assert outside.read_text() == "precious"


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_not_a_file(tree: Tree, kind: str) -> None:
    """A folder or a pipe in the place of a file is a problem and does not hang the run."""
    tree.root.mkdir(parents=True)
    if kind == "folder":
        (tree.root / "main.tf").mkdir()
    else:
        os.mkfifo(tree.root / "main.tf")
    assert tree.codes(wanted(), force=True)[0] in ("unreadable", "foreign-file")


@pytest.mark.parametrize("output", ["..", "../x", "/tmp/x", "", ".", "a/../../x"])
def test_output_outside_the_project(tree: Tree, output: str) -> None:
    """The output folder lies below the project folder."""
    with pytest.raises(TreeError, match="outside the project"):
        compare(str(tree.project), output, wanted())


@pytest.mark.parametrize("folder", ["../x/y", "acme/../..", "acme//prod", "/etc/x/y", "a\\b/c/d"])
def test_root_outside_the_output(tree: Tree, folder: str) -> None:
    """A root folder cannot step out, whatever a plan says."""
    comparison = tree.compare({folder: {"main.tf": "x"}})
    assert [problem.code for problem in comparison.problems] == ["outside-project"]
    assert comparison.roots == []


def test_many_problems_at_once(tree: Tree) -> None:
    """One run reports everything that stands in the way."""
    tree.generate(wanted())
    for name in ("main.tf", "locals.tf"):
        path = tree.root / name
        path.write_text(path.read_text() + "#\n")
    (tree.root / "backend.tf").write_text("mine")
    assert sorted(tree.codes(wanted())) == ["foreign-file", "hand-edited", "hand-edited"]
