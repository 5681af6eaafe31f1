"""The job files that need a renamed job, with its new name in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.errors import InputError, KeyPath
from generator.job.job_files import all_jobs
from generator.job.load import load, parse, read
from generator.job.project import Project
from generator.yaml.data import value_at
from generator.yaml.edit import with_value

_OUTPUT = re.compile(rb"(\{\{\s*jobs\.)([A-Za-z0-9][A-Za-z0-9_/-]*)(\.outputs\.)")
_STEPS = 3


def needing(project: Project, file: str, old: str, new: str) -> dict[str, bytes]:
    """Each other job file that needs the job, as it is to be.

    Args:
        project: the repository.
        file: of the renamed job.
        old: its name.
        new: its new name.

    Raises:
        InputError: a file cannot be changed without changing more of it.
    """
    tenants = {loaded.job.tenant_id for loaded in load(project, file)[0]}
    found = {}
    for other in all_jobs(project):
        data = read(project, other)
        if other == file or b"needs" not in data or old.encode() not in data:
            continue
        try:
            own = {loaded.job.tenant_id for loaded in load(project, other)[0]}
        except InputError:  # told by the run over the project as it will be
            continue
        changed = data
        for path, value in _entries(parse(project, other), old, new, tenants, own):
            changed = with_value(changed, other, path, value)
        if changed != data:
            found[other] = _OUTPUT.sub(lambda match: _output(match, old, new, tenants), changed)
    return found


def _entries(
    document: dict[str, Any], old: str, new: str, tenants: set[str], own: set[str]
) -> Iterator[tuple[KeyPath, str]]:
    """Where a file needs the job, and what it has to say there."""
    places: list[KeyPath] = [("needs",)]
    overlays = document.get("environments")
    places += [("environments", name, "needs") for name in overlays or ()]
    for place in places:
        needs, _ = value_at(document, place)
        listed = enumerate(needs) if isinstance(needs, list) else [(None, needs)]
        for index, entry in listed:
            path = place if index is None else (*place, index)
            if isinstance(entry, dict):
                tenant = entry.get("tenant")
                if entry.get("job") == old and (
                    tenant in tenants or (not tenant and own & tenants)
                ):
                    yield (*path, "job"), new
            elif isinstance(entry, str) and (said := _entry(entry, old, new, tenants, own)):
                yield path, said


def _entry(entry: str, old: str, new: str, tenants: set[str], own: set[str]) -> str | None:
    steps = entry.split("/")
    if len(steps) == _STEPS:
        tenant, job, environment = steps
        return f"{tenant}/{new}/{environment}" if job == old and tenant in tenants else None
    return new if entry == old and own & tenants else None


def _output(match: re.Match[bytes], old: str, new: str, tenants: set[str]) -> bytes:
    said = _entry(match[2].decode(), old, new, tenants, tenants)
    return match[0] if said is None else match[1] + said.encode() + match[3]
