"""Roots whose job is gone: tombstones, and what prune removes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import TreeError
from generator.render.manifest import Manifest
from generator.render.render import render_tombstone
from generator.tree.prune import prune
from tests.tree.trees import FOLDER, OUTPUT, Tree, other, wanted

_STONE = {"terraform.tf", "backend.tf", "providers.tf", "README.md", ".dativo.json"}


def _stone(tree: Tree) -> dict[str, dict[str, str]]:
    found: Manifest = tree.scan()[0][FOLDER]
    return {FOLDER: render_tombstone(found, OUTPUT)}


def _bury(tree: Tree) -> None:
    tree.generate(wanted())
    assert tree.generate(_stone(tree)) == {FOLDER: "retired"}


def _prune(tree: Tree) -> tuple[list[str], dict[str, list[str]]]:
    found: dict[str, Manifest] = tree.scan()[0]
    stones = {folder: manifest for folder, manifest in found.items() if manifest.retired}
    return prune(str(tree.project), OUTPUT, stones)


def test_scan_finds_roots(tree: Tree) -> None:
    """Every folder three levels down with a manifest is found; hidden and linked ones are not."""
    tree.generate(wanted() | other("second"))
    tree.path("acme", "linked").symlink_to(tree.path("acme", "second"))
    tree.path(".hidden").symlink_to(tree.path("acme"))
    tree.path("acme", "third", "prod", ".terraform").mkdir(parents=True)
    found, problems = tree.scan()
    assert (list(found), problems) == (["acme/second/prod", FOLDER], [])
    assert found[FOLDER].address == "s3://acme-state/a/terraform.tfstate"


def test_scan_without_output(tree: Tree) -> None:
    """A project without roots has none."""
    assert tree.scan() == ({}, [])


def test_scan_tells_broken_manifests(tree: Tree) -> None:
    """A manifest that cannot be read is a problem beside the roots that can."""
    tree.generate(wanted() | other("second"))
    (tree.root / ".dativo.json").write_text("{")
    found, problems = tree.scan()
    assert list(found) == ["acme/second/prod"]
    assert [problem.code for problem in problems] == ["manifest"]


def test_copied_root_is_no_root(tree: Tree) -> None:
    """A copy of a root shares its state: it is told, and never becomes a tombstone."""
    tree.generate(wanted())
    tree.root.rename(tree.path("acme", "stripe-customers", "copy"))
    found, problems = tree.scan()
    assert (found, [problem.code for problem in problems]) == ({}, ["copied-root"])


def test_tombstone(tree: Tree) -> None:
    """The module call goes, state and provider stay, and a second run changes nothing."""
    _bury(tree)
    assert {path.name for path in tree.root.iterdir()} == _STONE
    assert tree.generate(_stone(tree)) == {FOLDER: "unchanged"}


def test_tombstone_respects_edits(tree: Tree) -> None:
    """An edited file stops the retirement, and a file of the user's stays."""
    tree.generate(wanted())
    (tree.root / "x_extra.tf").write_text("mine")
    path = tree.root / "main.tf"
    path.write_text(path.read_text() + "# mine\n")
    assert tree.codes(_stone(tree)) == ["hand-edited"]
    tree.generate(_stone(tree), force=True)
    assert {path.name for path in tree.root.iterdir()} == _STONE | {"x_extra.tf"}


def test_job_comes_back(tree: Tree) -> None:
    """A tombstone becomes a root again when its job does."""
    _bury(tree)
    assert tree.generate(wanted()) == {FOLDER: "changed"}
    assert {path.name for path in tree.root.iterdir()} == set(wanted()[FOLDER])


def test_root_without_files_vanishes(tree: Tree) -> None:
    """A renamed job that kept its state: its old root goes, with what Terraform left in it."""
    tree.generate(wanted())
    renamed = other("renamed", tree.scan()[0][FOLDER].address)
    (tree.root / ".terraform").mkdir()
    assert tree.generate(renamed | {FOLDER: {}}) == {
        "acme/renamed/prod": "created",
        FOLDER: "removed",
    }
    assert not tree.path("acme", "stripe-customers").exists()
    assert tree.path("acme", "renamed", "prod", "main.tf").exists()


def test_removed_root_keeps_files_of_the_user(tree: Tree) -> None:
    """The folder stays when something of the user's is in it."""
    tree.generate(wanted())
    (tree.root / "x_extra.tf").write_text("mine")
    assert tree.generate({FOLDER: {}}) == {FOLDER: "removed"}
    assert [path.name for path in tree.root.iterdir()] == ["x_extra.tf"]


def test_prune(tree: Tree) -> None:
    """Tombstones go with what Terraform left there, empty folders above go too, roots stay."""
    _bury(tree)
    tree.generate(other("second"))
    (tree.root / ".terraform" / "providers").mkdir(parents=True)
    (tree.root / ".terraform.lock.hcl").write_text("x")
    assert _prune(tree) == ([FOLDER], {})
    assert not tree.path("acme", "stripe-customers").exists()
    assert tree.path("acme", "second", "prod", "main.tf").exists()
    assert _prune(tree) == ([], {})


@pytest.mark.parametrize("name", ["x_extra.tf", "terraform.tfstate", "backend.tf"])
def test_prune_keeps_what_is_not_ours(tree: Tree, name: str) -> None:
    """A file of the user's, a local state or an edited file keeps the whole folder."""
    _bury(tree)
    (tree.root / name).write_text("mine")
    assert _prune(tree) == ([], {FOLDER: [name]})
    assert {path.name for path in tree.root.iterdir()} == _STONE | {name}


def test_prune_does_not_follow_links(tree: Tree, tmp_path: Path) -> None:
    """A link in the place of a file keeps the folder; one inside .terraform is only unlinked."""
    _bury(tree)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("precious")
    (tree.root / ".terraform").symlink_to(outside, target_is_directory=True)
    (tree.root / "backend.tf").unlink()
    (tree.root / "backend.tf").symlink_to(outside / "x")
    assert _prune(tree) == ([], {FOLDER: ["backend.tf"]})
    (tree.root / "backend.tf").unlink()
    assert _prune(tree) == ([FOLDER], {})
    assert (outside / "x").read_text() == "precious"


def test_prune_takes_tombstones_only(tree: Tree) -> None:
    """A root that still has its job is never removed."""
    tree.generate(wanted())
    with pytest.raises(TreeError, match="still has its job"):
        prune(str(tree.project), OUTPUT, tree.scan()[0])
    assert (tree.root / "main.tf").exists()
