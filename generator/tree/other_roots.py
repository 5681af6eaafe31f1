"""The roots of others whose states no job may take: hand-written ones, and of other projects."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.files.regular import read
from generator.job.project import Project
from generator.plan.collisions import Claim
from generator.plan.hand_written import hand_written_claims

_LOCAL = "local:"


def other_claims(
    project: Project, found: Sequence[str], own: Sequence[Claim]
) -> tuple[list[Claim], list[Problem]]:
    """What roots claim that are not the project's own.

    Args:
        project: the repository.
        found: as ``terraform_files`` finds them.
        own: the claims of the project's roots. The same root in a copy of the project that lies
            below it is no other root.

    Returns:
        The claims, and what could not be read.
    """
    manifests = [file for file in found if file.rpartition("/")[2] == MANIFEST]
    claims, problems = hand_written_claims(
        project.folder,
        [file for file in found if file.rpartition("/")[2] != MANIFEST],
        project.seen,
    )
    copies = {(claim.file, claim.folder, claim.address) for claim in own}
    for file in manifests:
        try:
            claim = _of_manifest(project, file, copies)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            message = "cannot read the manifest of this root, so its state is not known"
            hint = "restore it from git, or remove the folder"
            problems.warning("manifest", message, Location(file), hint)
        else:
            claims += [] if claim is None else [claim]
    return claims, problems


def _of_manifest(
    project: Project, file: str, copies: Iterable[tuple[str, str | None, str]]
) -> Claim | None:
    """The claim of a root of another project; None for one that claims nothing here."""
    data, _ = read(os.path.join(project.folder, file))
    project.seen.other(file, data)
    manifest = json.loads(data)
    job, address = str(manifest["job"]), str(manifest["state"]["address"])
    identity = [str(manifest[key]) for key in ("tenant", "name", "environment")]
    if manifest.get("retired") or (
        # The path is relative to a folder that is not ours.
        address.startswith(_LOCAL)
        and not os.path.isabs(address.removeprefix(_LOCAL))
    ):
        return None
    below = not file.startswith("../")
    if below and (job, "/".join(identity), address) in copies:
        return None
    root = file.rpartition("/")[0]
    return Claim(None, f"{root} ({job})", address, identity[0], identity[2], identity[1])
