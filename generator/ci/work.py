"""The work of a pipeline, cut into jobs: roots that run on one machine, one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from generator.ci.logins import logins_of
from generator.errors import UsageError
from generator.model.ci import CiSettings

# GitHub makes at most 256 jobs of a matrix; Azure DevOps has the same bound.
MOST_JOBS = 255
NOTHING = "nothing to plan"


class Root(NamedTuple):
    """A root that has to be planned.

    Attributes:
        folder: below the project folder.
        environment: its environment.
        cloud: "aws", "gcp", "azure", or "".
        manifest: as it is in the file.
    """

    folder: str
    environment: str
    cloud: str
    manifest: Mapping[str, Any]


class Work(NamedTuple):
    """One job of a pipeline.

    Attributes:
        name: for people; no other job has it.
        roots: folders, in the order in which they are applied.
        environment: of all of them.
        cloud: of all of them.
        wave: from 1; all of an earlier wave is applied before.
        logins: by cloud, see ``logins``; alike for all of them.
        group: of all of them, see ``groups``.
    """

    name: str
    roots: tuple[str, ...]
    environment: str
    cloud: str
    wave: int
    logins: Mapping[str, Mapping[str, str | None]]
    group: str = ""

    def document(self) -> dict[str, Any]:
        """The job as an entry of a matrix; what is not set is left out."""
        logins = {
            cloud: {name: value for name, value in fields.items() if value is not None}
            for cloud, fields in self.logins.items()
        }
        return {
            "name": self.name,
            "roots": list(self.roots),
            "count": len(self.roots),
            "environment": self.environment,
            "cloud": self.cloud,
            "wave": self.wave,
            **{cloud: fields for cloud, fields in logins.items() if fields},
        }


NO_WORK = Work(NOTHING, (), "", "", 1, {})


def group_name(manifest: Mapping[str, Any]) -> str:
    """What a root is grouped by: environment and tenant, in letters, digits and underscores."""
    both = f"{manifest['environment']}__{manifest['tenant']}"
    return re.sub("[^A-Za-z0-9_]", lambda match: f"_x{ord(match[0]):x}_", both)


def needs_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders below the project folder of the roots that a root needs.

    Args:
        manifest: of it.
    """
    return tuple(manifest.get("needs") or ())


def waves_of(roots: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """The wave of each root: 1, or one more than the latest of those that have to go before it.

    A root goes after those that it needs, and a tombstone before those that it needed.

    Args:
        roots: folder to manifest, as it is in the file.

    Raises:
        UsageError: they go in a circle.
    """
    before: dict[str, set[str]] = {root: set() for root in sorted(roots)}
    for root, manifest in roots.items():
        for needed in needs_of(manifest):
            if needed in before and manifest.get("retired"):
                before[needed].add(root)
            elif needed in before:
                before[root].add(needed)
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError as error:
        raise UsageError(f"roots need each other: {', '.join(error.args[1])}") from None
    waves: dict[str, int] = {}
    for root in order:
        waves[root] = 1 + max((waves[one] for one in before[root]), default=0)
    return waves


def works(settings: CiSettings, roots: Sequence[Root], most: int = MOST_JOBS) -> list[Work]:
    """Roots as jobs: one each, or so many together that there are no more than may be.

    Args:
        settings: the block ``ci``.
        roots: to plan.
        most: how many jobs there may be.

    Raises:
        UsageError: more roots may not go together than there may be jobs.
    """
    waves = waves_of({root.folder: root.manifest for root in roots})
    # What may go together: one environment guards it, one login reaches it, one wave holds it.
    groups: dict[str, list[Root]] = {}
    logins = {root.folder: logins_of(settings, root.manifest) for root in roots}
    for root in sorted(roots):
        key = [waves[root.folder], root.environment, root.cloud, logins[root.folder]]
        key.append(group_name(root.manifest))
        groups.setdefault(json.dumps(key), []).append(root)
    if len(groups) > most:
        raise UsageError(
            f"{len(groups)} logins for one change, and a pipeline has at most {most} jobs: "
            "split the change"
        )
    size = 1
    while sum(-(-len(group) // size) for group in groups.values()) > most:
        size += 1
    found = []
    for group in groups.values():
        for start in range(0, len(group), size):
            part = group[start : start + size]
            folders = tuple(root.folder for root in part)
            first = part[0]
            work = Work(
                _name(folders),
                folders,
                first.environment,
                first.cloud,
                waves[first.folder],
                logins[first.folder],
                group_name(first.manifest),
            )
            found.append(work)
    return sorted(found, key=lambda one: (one.wave, one.name))


def _name(folders: tuple[str, ...]) -> str:
    more = f" and {len(folders) - 1} more" if len(folders) > 1 else ""
    return f"{folders[0]}{more}"
