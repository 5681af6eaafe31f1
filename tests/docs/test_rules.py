"""The page about rules shows what dativo says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.job.policies import TAKEN
from generator.model.when import Conditions
from tests.docs.examples import ROOT, example
from tests.repository import Repository
from tests.rules.conftest import MODULES

PAGE = "docs/rules.md"


def test_a_job_is_told_as_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the settings of the page the job of the page is told just that."""
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", example(PAGE, "policies") + MODULES)
    repository.write("jobs/acme/orders.yaml", example(PAGE, "policies job"))
    done = repository.run("validate")
    lines = example(PAGE, "policies output").splitlines()
    assert sorted(done.err.splitlines()) == sorted(lines)
    assert done.code == 1


def test_every_word_is_explained() -> None:
    """Each condition and operator is on the page."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    names = {field.alias or name for name, field in Conditions.model_fields.items()}
    assert all(f"`{name}`" in text or f"`{name}:" in text for name in names | TAKEN)
