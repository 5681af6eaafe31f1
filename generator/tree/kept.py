"""What a cloud keeps when a job no longer says it, so that no plan of Terraform shows it."""

from __future__ import annotations

import re

from generator.errors import Location, Problem
from generator.render.manifest import Manifest
from generator.text.patterns import lazy

# The provider takes a job's run_as from the workspace where the configuration has none, and the
# workspace keeps it: https://github.com/databricks/cli/issues/4873.
_IDENTITY = lazy(r"^  identity += (.+)$", re.MULTILINE)


def kept(old: bytes | None, new: bytes | None, asked: Manifest, shown: str) -> tuple[Problem, ...]:
    """Tell of an identity that a job on Databricks had and goes on to run as.

    Args:
        old: the root's main.tf as it is on disk; None where there is none.
        new: the same as it is to be.
        asked: the manifest of the root as it is to be.
        shown: the root's folder, for people.
    """
    if old is None or new is None or asked.runtime != "databricks":
        return ()
    before = _IDENTITY.search(old.decode("utf-8", "replace"))
    if before is None or _IDENTITY.search(new.decode("utf-8", "replace")):
        return ()
    who = before[1].strip('"')
    message = f"the runs of {shown} go on as {who}: Databricks keeps the identity that a job had"
    hint = (
        "name another service principal, or make the job anew: "
        f"terraform -chdir={shown} apply -replace=module.job.databricks_job.this"
    )
    at = ("infrastructure", "runtime", "identity")
    return (Problem("identity-kept", message, Location(asked.job_file, at, True), hint, "warning"),)
