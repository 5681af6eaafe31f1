"""``dativo migrate``: writes in place, or says what it would write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.cli import main
from tests.dialects.projects import CASES, FILES, Outcome, make


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the example files of every dialect."""
    return make(tmp_path_factory.mktemp("migrate"))


def _project(folder: Path, *names: str) -> Path:
    (folder / "jobs").mkdir()
    (folder / "dativo.yaml").touch()
    for name in names:
        target = folder / "jobs" / name.replace("/", "-")
        target.write_bytes((CASES / name).read_bytes())
    return folder


def test_check_says_what_would_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--check`` writes nothing and ends with 2; after a migration it ends with 0."""
    made = _project(tmp_path, "one/r.yaml", "one/canonical.yaml")
    job = made / "jobs/one-r.yaml"
    before = job.read_bytes()
    arguments = ["migrate", str(made / "jobs"), "--project", str(made)]
    assert main([*arguments, "--check"]) == 2
    printed = capsys.readouterr().out
    assert "jobs/one-r.yaml: would be rewritten, dialect R" in printed
    assert "1 job file in the canonical form already" in printed
    assert job.read_bytes() == before
    assert main(arguments) == 0
    assert job.read_bytes() != before
    assert (made / "jobs/one-canonical.yaml").read_bytes() == (
        CASES / "one/canonical.yaml"
    ).read_bytes()
    assert main([*arguments, "--check"]) == 0


def test_nothing_is_written_when_a_file_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file that cannot be read stops all; it is told with line and column."""
    made = _project(tmp_path, "one/r.yaml", "d/two_versions.yaml")
    assert main(["migrate", str(made / "jobs"), "--project", str(made)]) == 1
    assert "jobs/d-two_versions.yaml:" in capsys.readouterr().err
    job = made / "jobs/one-r.yaml"
    assert job.read_bytes() == (CASES / "one/r.yaml").read_bytes()


@pytest.mark.parametrize("dialect", ["e", "r", "p", "d"])
def test_one_job_in_every_dialect(dialect: str, tmp_path: Path) -> None:
    """Migrated, the same job gives the same root whichever dialect it was written in."""
    project = make(tmp_path)
    file = f"one/{dialect}.yaml"
    assert main(["migrate", str(project / file), "--project", str(project)]) == 0
    roots = [Outcome(project, name).built.roots for name in (file, "one/canonical.yaml")]
    assert _named(roots[0], file) == _named(roots[1], "one/canonical.yaml")
    assert list(roots[0]) == ["acme/orders/prod"]


def _named(roots: Mapping[str, Mapping[str, str]], file: str = "") -> dict[str, dict[str, str]]:
    """All texts but the manifest's, with the job file's name taken out."""
    return {
        folder: {
            name: text.replace(file, "FILE") if file else text
            for name, text in texts.items()
            if name != ".dativo.json"
        }
        for folder, texts in roots.items()
    }


@pytest.mark.parametrize("name", FILES)
def test_roots_keep_their_bytes(name: str, cases: Path) -> None:
    """A migrated file yields the root that it yielded before, and the same errors."""
    before = Outcome(cases, name)
    if before.errors or not before.built.roots:
        pytest.skip("has no root")
    assert main(["migrate", str(cases / name), "--project", str(cases)]) == 0
    after = Outcome(cases, name)
    assert after.errors == []
    assert _named(after.built.roots) == _named(before.built.roots)
