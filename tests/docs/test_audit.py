"""The page about audits shows what dativo says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.examples import example
from tests.repository import Repository
from tests.rules.conftest import MODULES

PAGE = "docs/audit.md"


def test_an_export_is_judged_as_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The export of the page against its job comes to what the page shows."""
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", MODULES)
    repository.write("jobs/orders.yaml", example(PAGE, "audit job"))
    repository.write("aws.json", example(PAGE, "audit export"))
    monkeypatch.chdir(tmp_path)
    done = repository.run("audit", "aws.json")
    assert (done.code, done.out) == (2, example(PAGE, "audit output"))
