"""Plans roots and keeps a record of each; the plan itself goes as soon as it was read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from generator.job.project import Project
from generator.steps.digest import planned
from generator.steps.login import logged_in
from generator.steps.record import Record, record_of, write
from generator.steps.terraform import Terraform, TerraformError

Tell = Callable[[str], None]


def plan_all(
    project: Project,
    roots: Mapping[str, Mapping[str, Any]],
    into: str,
    program: str,
    environment: Mapping[str, str],
    tell: Tell,
) -> list[Record]:
    """Plan roots one after another.

    Args:
        project: the repository.
        roots: as of ``roots.manifests``.
        into: the folder that the records are written to.
        program: the Terraform to run.
        environment: of Terraform.
        tell: takes each line of what is to be said.
    """
    found = []
    for root, manifest in roots.items():
        tell(f"\n== {root}")
        folder, retired = os.path.join(project.folder, root), bool(manifest.get("retired"))
        try:
            with logged_in(project.settings.ci, manifest, "plan", environment) as given:
                record = _plan(Terraform(program, folder, given), root, retired)
        except TerraformError as error:
            tell(f"dativo: {root}: {error}")
            record = Record(root, error=str(error), retired=retired)
        write(into, record)
        tell(f"== {root}: {record.said()}")
        found.append(record)
    return found


def _plan(terraform: Terraform, root: str, retired: bool) -> Record:
    with tempfile.TemporaryDirectory(prefix="dativo-plan-") as scratch:
        file = os.path.join(scratch, "plan")
        terraform.init()
        terraform.plan(file, lock=False)
        return record_of(root, planned(terraform.shown(file)), retired)
