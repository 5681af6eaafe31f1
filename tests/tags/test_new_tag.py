"""A tag is added as CONTRIBUTING.md says: a row, and the field of the model where it is new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("generator", "modules", "templates", "jobs", "assets")
JOB = "jobs/acme/stripe-customers.yaml"
ASSET = "assets/stripe/v1.0/customers.yaml"
ROW = """\
    Concept("steward", ASSET, "who keeps the data in order", ("asset team.steward",)),
    Concept(
        "domain",
"""
FIELD = """\
    owner: Text | None = Field(None, description="Person or team; a tag.")
    steward: Text | None = Field(None, description="Who keeps the data in order; a tag.")
"""


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_row_makes_a_tag(tmp_path: Path) -> None:
    """A new row in the table of tags and a field in the asset's model put the tag into a root."""
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__", ".terraform")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "dativo.yaml", tmp_path)
    _replace(tmp_path / "generator/concepts/table.py", '    Concept(\n        "domain",\n', ROW)
    _replace(tmp_path / "generator/model/asset.py", FIELD.splitlines(True)[0], FIELD)
    _replace(tmp_path / ASSET, "team:\n", "team:\n  steward: Dana\n")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate", JOB],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tags = (tmp_path / "generated/acme/stripe-customers/prod/locals.tf").read_text("utf-8")
    assert 'Steward = "Dana"' in " ".join(tags.split())
