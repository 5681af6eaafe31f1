"""Applies roots whose plans are the ones that were reviewed; refuses the others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from generator.ci.work import needs_of
from generator.job.project import Project
from generator.steps.digest import planned
from generator.steps.login import logged_in
from generator.steps.outcomes import Applied
from generator.steps.record import Record, record_of
from generator.steps.reviewed import Reviewed
from generator.steps.terraform import Terraform, TerraformError

Tell = Callable[[str], None]


class Outcome(NamedTuple):
    """What became of one root.

    Attributes:
        done: "applied", "nothing to do", "refused" or "failed".
        applied: what is kept of it for what follows; None unless it was applied.
    """

    done: str
    applied: Applied | None = None


_FAILED = Outcome("failed")


def apply_all(
    project: Project,
    roots: Mapping[str, Mapping[str, Any]],
    reviewed: Mapping[str, Reviewed],
    program: str,
    environment: Mapping[str, str],
    tell: Tell,
) -> list[Outcome]:
    """Apply roots one after another; one that needs a root that was not applied is left.

    Args:
        project: the repository.
        roots: as of ``roots.manifests``.
        reviewed: root to what was reviewed of it; a root that is not there was not reviewed.
        program: the Terraform to run.
        environment: of Terraform.
        tell: takes each line of what is to be said.
    """
    found: dict[str, Outcome] = {}
    for root, manifest in roots.items():
        tell(f"\n== {root}")
        waits = [one for one in needs_of(manifest) if one in found and not found[one].applied]
        if waits and not manifest.get("retired"):
            tell(f"dativo: {root}: it needs {', '.join(waits)}")
            outcome = _FAILED
        else:
            folder, ci = os.path.join(project.folder, root), project.settings.ci
            try:
                with logged_in(ci, manifest, "apply", environment) as given:
                    terraform = Terraform(program, folder, given)
                    done = _apply(terraform, root, reviewed.get(root), tell)
                    kept = None
                    if done != "refused":
                        kept = _applied(terraform, root, manifest, ci.resolve)
                    outcome = Outcome(done, kept)
            except TerraformError as error:
                tell(f"dativo: {root}: {error}")
                outcome = _FAILED
        tell(f"== {root}: {outcome.done}")
        found[root] = outcome
    return list(found.values())


def _applied(
    terraform: Terraform, root: str, manifest: Mapping[str, Any], resolve: bool
) -> Applied:
    """What is kept of a root; its outputs only where they are wanted."""
    retired = bool(manifest.get("retired"))
    outputs = terraform.outputs() if resolve and not retired else {}
    return Applied(root, str(manifest["job"]), str(manifest["environment"]), retired, outputs)


def _apply(terraform: Terraform, root: str, reviewed: Reviewed | None, tell: Tell) -> str:
    with tempfile.TemporaryDirectory(prefix="dativo-plan-") as scratch:
        file = os.path.join(scratch, "plan")
        terraform.init()
        terraform.plan(file, lock=True)
        now = record_of(root, planned(terraform.shown(file)))
        if now.empty:
            return "nothing to do"
        if reviewed is None or reviewed.digest != now.digest:
            tell(refusal(now, reviewed))
            return "refused"
        terraform.apply(file)
        return "applied"


def refusal(now: Record, reviewed: Reviewed | None) -> str:
    """Why a root is not applied, what would be done now, and the way out.

    Args:
        now: the plan of now.
        reviewed: what was reviewed; None for nothing.
    """
    changes = [f"    {'/'.join(actions)} {address}" for address, actions in now.changes]
    if reviewed is None:
        why = "no plan of it was reviewed"
    else:
        why = f"this is not the plan that was reviewed in {reviewed.where} ({reviewed.said})"
    lines = [
        f"dativo: {now.root} is not applied: {why}",
        f"  planned now: {now.said()}",
        *changes,
        "  something changed between the review and now: another apply, or the cloud itself",
        "  read the plan above; to apply it, run the pipeline by hand with this root and digest:",
        f"  {now.digest}",
    ]
    return "\n".join(lines)
