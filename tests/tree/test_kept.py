"""What a cloud keeps of a job that no longer says it."""

from __future__ import annotations

from pathlib import Path

from tests.plan.promises import job, merged
from tests.tree.runtime_changes import Generate, Write

IDENTITY = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
OTHER = "8c2d0e3f-4a5b-4c6d-9e7f-8091a2b3c4d5"


def test_identity_taken_away(project: Path, write: Write, generate: Generate) -> None:
    """Databricks goes on running a job as whom it once named: whoever takes that away is told,
    whoever names another is not.
    """
    plain = job("aws", "databricks")
    for identity in (IDENTITY, OTHER):
        write(merged(plain, {"runtime": {"identity": identity}}))
        code, said = generate()
        assert code == 0 and "Databricks keeps" not in said
    write(plain)
    code, said = generate()
    assert code == 0
    assert f"go on as {OTHER}: Databricks keeps the identity" in said
    assert "-replace=module.job.databricks_job.this" in said
