"""A repository in which one job needs another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import Repository

TAKES = """\
  storage: {data_bucket: "{{jobs.land.outputs.%s}}"}
"""


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """``mart`` takes an output of ``land``, and ``report`` comes after ``mart``; all generated."""
    made = Repository(tmp_path, capsys)
    made.job("land")
    needing(made, "mart", "land", TAKES % "cloud_run_job_name")
    needing(made, "report", "mart")
    made.job("alone")
    assert made.run("generate").code == 0
    return made


def needing(repository: Repository, name: str, other: str, more: str = "") -> None:
    """A job that needs another one."""
    repository.job(name, more)
    repository.edit(f"jobs/{name}.yaml", "infrastructure:", f"needs: [{other}]\ninfrastructure:")
