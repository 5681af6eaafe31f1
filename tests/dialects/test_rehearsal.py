"""The roots of older job files, planned, applied and destroyed on the stand-in providers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.rehearsal import mirror as mirror_module
from generator.rehearsal.mirror import write_mirror
from tests.dialects.projects import CASES, FILES, make

# Their modules are in repositories that nobody can reach.
REMOTE = ("emr_own_module", "emr_minimal", "stripe_customers_aws", "terraform_emr_postgres")


@pytest.mark.deep
@pytest.mark.terraform
def test_roots(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example that has a root plans, applies, plans again without a change, and is gone."""
    base = str(tmp_path_factory.getbasetemp().parent / "mirror")
    write_mirror(base)
    monkeypatch.setattr(mirror_module, "default_base", lambda: base)
    folder = make(tmp_path)
    for file in FILES:
        refused = re.match("# (refused|waits)", (CASES / file).read_text(encoding="utf-8"))
        if refused or re.fullmatch("one/[erpd].yaml", file):
            (folder / file).unlink()
    assert main(["generate", "--project", str(folder)]) == 0
    for name in REMOTE:
        shutil.rmtree(folder / "generated" / "acme" / name)
    assert main(["rehearse", "--project", str(folder)]) == 0
