"""The page about trust shows what dativo says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.examples import example
from tests.repository import Repository
from tests.trust.conftest import MODULES

PAGE = "docs/trust.md"


def test_a_job_is_refused_as_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the settings of the page the job of the page is told just that."""
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", example(PAGE, "trust settings") + MODULES)
    repository.write("jobs/acme/orders.yaml", example(PAGE, "trust job"))
    done = repository.run("validate")
    assert (done.code, done.err) == (1, example(PAGE, "trust output"))


@pytest.mark.terraform
def test_a_rehearsal_is_refused_as_shown(tmp_path: Path) -> None:
    """The command ends with 1, and says what it does not run."""
    repository = Repository(tmp_path)
    repository.write("root/x_extra.tf", example(PAGE, "trust extra"))
    done = repository.spawn("rehearse", "root")
    assert done.code == 1 and example(PAGE, "trust rehearsal") in done.out


def test_owners_are_patterns_and_teams() -> None:
    """Each line has a path of the project, from its top, and who reviews it."""
    lines = [line.split() for line in example(PAGE, "trust owners").splitlines()]
    assert all(path.startswith("/") and owner.startswith("@") for path, owner in lines)
    named = {path.strip("/").partition("/")[0] for path, _ in lines}
    assert {"dativo.yaml", "modules", "generated", "locks", "jobs"} <= named
