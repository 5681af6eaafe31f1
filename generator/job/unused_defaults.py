"""Defaults of a tenant or an environment that no job has, and that was meant for another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from generator.errors import Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.text.hints import misspelt, question

if TYPE_CHECKING:
    from generator.job.project import Project


def unused_defaults(
    project: Project, tenants: Collection[str], environments: Collection[str]
) -> Iterator[Problem]:
    """Names in ``defaults`` that are one or two edits away from one that jobs have.

    A warning only: there may be defaults before there is a job.

    Args:
        project: the repository.
        tenants: of all jobs.
        environments: likewise.
    """
    defaults = project.settings.defaults
    for section, kind, given, names in (
        ("tenants", "tenant", defaults.tenants, tenants),
        ("environments", "environment", defaults.environments, environments),
    ):
        without = [name for name in names if name not in given]
        for name in given:
            meant = None if name in names else misspelt(name, without)
            if meant is not None:
                message = f'no job has the {kind} "{name}", so these defaults have no effect'
                location = Location(SETTINGS_FILE, ("defaults", section, name), True)
                yield Problem("unused-defaults", message, location, question(meant), "warning")
