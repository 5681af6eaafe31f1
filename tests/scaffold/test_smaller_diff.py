"""What a review has to read of a change over many roots, told by git's own attributes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scaffold.conftest import Shell

JOBS = 200


@pytest.fixture(scope="module")
def many(
    laid_down: Callable[..., str], template: Shell, tmp_path_factory: pytest.TempPathFactory
) -> Shell:
    """A repository as the template lays it down, with 200 jobs of one environment."""
    shell = Shell(str(tmp_path_factory.mktemp("many") / "project"), template.environment)
    shutil.copytree(laid_down(), shell.folder)
    jobs = Path(shell.folder, "jobs", "acme")
    text = (jobs / "orders.yaml").read_text("utf-8").partition("environments:\n")[0]
    (jobs / "orders.yaml").unlink()
    for number in range(JOBS):
        one = text.replace("name: orders", f"name: orders-{number:03}")
        (jobs / f"orders-{number:03}.yaml").write_text(one, "utf-8")
    settings = Path(shell.folder, "dativo.yaml")
    settings.write_text(_with_unit(settings.read_text("utf-8"), "data"), "utf-8")
    shell.git("init", "--quiet")
    shell.dativo("generate")
    shell.commit_all("200 jobs")
    return shell


def _with_unit(settings: str, unit: str) -> str:
    """The settings with a tag of the organisation."""
    kept = re.sub(r"^  infrastructure: {tags: .*\n", "", settings, flags=re.MULTILINE)
    line = f"  infrastructure: {{tags: {{business_unit: {unit}}}}}\n"
    return kept.replace("\ndefaults:\n", f"\ndefaults:\n{line}")


def _changed(shell: Shell) -> tuple[set[str], set[str]]:
    """What is changed in the index: the files that a review shows, and those that it folds."""
    shell.git("add", "--all")
    names = shell.git("diff", "--cached", "--name-only", "--no-renames").splitlines()
    folded: set[str] = set()
    for attribute in ("linguist-generated", "gitlab-generated"):
        told = shell.git("check-attr", attribute, "--", *names).splitlines()
        marked = {line.split(": ")[0] for line in told if line.endswith(": set")}
        assert not folded or marked == folded
        folded = marked
    return set(names) - folded, folded


def test_a_tag_of_the_organisation_is_one_file_a_root(many: Shell) -> None:
    """Beside dativo.yaml it changes one line of locals.tf in each root; README stays as it is."""
    settings = Path(many.folder, "dativo.yaml")
    settings.write_text(_with_unit(settings.read_text("utf-8"), "insights"), "utf-8")
    assert "200 roots: 200 changed" in many.dativo("generate")
    shown, folded = _changed(many)
    assert len(shown) <= JOBS + 2
    assert shown - {"dativo.yaml"} == {
        f"generated/acme/orders-{number:03}/prod/locals.tf" for number in range(JOBS)
    }
    assert {Path(name).name for name in folded} == {".dativo.json"}
    numbers = many.git("diff", "--cached", "--numstat", "--", "*.tf").splitlines()
    assert {tuple(line.split("\t")[:2]) for line in numbers} == {("1", "1")}
    many.git("commit", "--quiet", "--message", "Another unit")


def test_a_moved_job_file_is_two_files_of_its_root(many: Shell) -> None:
    """README links to the file, and the manifest knows it; no Terraform changes."""
    jobs = Path(many.folder, "jobs", "acme")
    (jobs / "shop").mkdir()
    (jobs / "orders-007.yaml").rename(jobs / "shop" / "renamed.yaml")
    assert "200 roots: 1 changed" in many.dativo("generate")
    shown, folded = _changed(many)
    assert shown == {"jobs/acme/orders-007.yaml", "jobs/acme/shop/renamed.yaml"}
    root = "generated/acme/orders-007/prod"
    assert folded == {f"{root}/README.md", f"{root}/.dativo.json"}
    many.git("commit", "--quiet", "--message", "Move a job")
