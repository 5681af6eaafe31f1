"""The roots of others whose states no job may take: hand-written ones, and of other projects."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.errors import Location, Problem
from generator.files.names import MANIFEST, SETTINGS_FILE
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
    former: dict[str, list[str]] = {}
    copies = {(claim.file, claim.folder, claim.address) for claim in own}
    for file in manifests:
        try:
            manifest = _manifest(project, file)
            left = _former_output(project, file, manifest)
            claim = _of_manifest(file, manifest, copies)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            message = "cannot read the manifest of this root, so its state is not known"
            hint = "restore it from git, or remove the folder"
            problems.warning("manifest", message, Location(file), hint)
        else:
            if left is not None:
                former.setdefault(left, []).append(file)
            else:
                claims += [] if claim is None else [claim]
    problems += [_left(project, folder, files) for folder, files in former.items()]
    return claims, problems


def _manifest(project: Project, file: str) -> dict[str, Any]:
    data, _ = read(os.path.join(project.folder, file))
    project.seen.other(file, data)
    manifest: dict[str, Any] = json.loads(data)
    return manifest


def _former_output(project: Project, file: str, manifest: Mapping[str, Any]) -> str | None:
    """The folder that holds a root of this project and is not its output folder.

    A copy of the project has its settings or the root's job file with it, and roots of its own.
    """
    parts = file.split("/")[:-4]
    if not parts or parts[0] == "..":
        return None
    identity = [manifest["tenant"], manifest["name"], manifest["environment"]]
    known = _is_there(project, manifest["job"])
    if not known or file.split("/")[-4:-1] != identity:
        return None
    for depth in range(1, len(parts) + 1):
        above = "/".join(parts[:depth])
        if any(_is_there(project, f"{above}/{it}") for it in (SETTINGS_FILE, manifest["job"])):
            return None
    return "/".join(parts)


def _is_there(project: Project, path: str) -> bool:
    there = os.path.lexists(os.path.join(project.folder, path))
    project.seen.there(path, there)
    return there


def _left(project: Project, folder: str, files: Sequence[str]) -> Problem:
    output = project.settings.output
    are = "a root of this project is" if len(files) == 1 else f"{len(files)} roots are"
    message = f"{are} in {folder} still, and this project writes its roots to {output}"
    hint = (
        f"their states would have two roots each: move the folder to {output}, set `output:` to"
        f" {folder} again, or name in `hand_written_roots:` the folders that matter"
    )
    return Problem("former-output", message, Location(folder), hint)


def _of_manifest(
    file: str, manifest: Mapping[str, Any], copies: Iterable[tuple[str, str | None, str]]
) -> Claim | None:
    """The claim of a root of another project; None for one that claims nothing here."""
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
