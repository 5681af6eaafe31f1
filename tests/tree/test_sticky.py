"""What a platform keeps when a field is taken away is told until it is settled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.plan.promises import Block, job, merged
from tests.tree.runtime_changes import ROOT, Generate, Write

PLAIN = job("aws", "databricks")
IDENTITY = "0e0b5a4d-6f31-4a3e-9b8a-3a4f7c1d2e5f"


def running_as(identity: str | None) -> Block:
    """The job with an identity, or with none."""
    return merged(PLAIN, {"runtime": {"identity": identity}})


def manifest(project: Path) -> dict[str, Any]:
    """The root's manifest."""
    found: dict[str, Any] = json.loads((project / ROOT / ".dativo.json").read_text())
    return found


def test_identity_taken_away(project: Path, write: Write, generate: Generate) -> None:
    """Databricks goes on with the one that the job had, and no plan says so; each run does."""
    write(running_as(IDENTITY))
    assert generate() == (0, "")
    assert manifest(project)["sticky"] == ["identity"]
    write(running_as(None))
    for _ in range(2):
        code, told = generate()
        assert code == 0
        assert '"runtime.identity" was taken away, and generated/acme/orders/prod goes on' in told
        assert "-replace=module.job.databricks_job.this" in told
        assert "dativo generate --applied jobs/acme/orders.yaml" in told
    assert "identity" not in (project / ROOT / "main.tf").read_text()
    assert generate("--applied") == (0, "")
    assert generate() == (0, "")
    assert "sticky" not in manifest(project)


def test_another_identity(write: Write, generate: Generate) -> None:
    """A change is one that Databricks sees, and it settles what was told."""
    write(running_as(IDENTITY))
    generate()
    write(running_as(IDENTITY.replace("5f", "60")))
    assert generate() == (0, "")
    write(running_as(None))
    assert "was taken away" in generate()[1]
    write(running_as(IDENTITY))
    assert generate() == (0, "")


def test_a_job_that_becomes_another_takes_nothing_along(write: Write, generate: Generate) -> None:
    """What is made anew has no identity that was there before."""
    write(running_as(IDENTITY))
    generate()
    other = {"databricks": {"host": "https://other.cloud.databricks.com"}}
    write(merged(running_as(None), other))
    code, told = generate()
    assert code == 1 and "was taken away" not in told
    generate("--retire-first")
    code, told = generate("--applied")
    assert code == 0 and "was taken away" not in told
