"""Groups of roots, of one environment and tenant each, for the pipelines of Azure DevOps.

It knows service connections and environments only as text in a pipeline, so that the jobs of each
group stand in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from generator.ci.logins import connections_of
from generator.ci.work import group_name, needs_of
from generator.errors import UsageError
from generator.model.ci import CiSettings


class Group(NamedTuple):
    """The roots of one environment and tenant.

    Attributes:
        name: fit for a job; no other group has it.
        environment, tenant: of its roots.
        plan_connection, apply_connection: service connections; None where a step needs none.
        after: the groups that are applied before it.
    """

    name: str
    environment: str
    tenant: str
    plan_connection: str | None
    apply_connection: str | None
    after: tuple[str, ...]

    @property
    def said(self) -> str:
        """The group, for people."""
        return f"{self.tenant} {self.environment}"


def groups_of(ci: CiSettings, roots: Mapping[str, Mapping[str, Any]]) -> list[Group]:
    """The groups of all roots, each after those that it needs.

    Raises:
        UsageError: groups need each other.
    """
    names = {root: group_name(manifest) for root, manifest in roots.items()}
    after: dict[str, set[str]] = {name: set() for name in sorted(names.values())}
    of: dict[str, tuple[str, str]] = {}
    for root, manifest in roots.items():
        of[names[root]] = (str(manifest["environment"]), str(manifest["tenant"]))
        needed = {names[one] for one in needs_of(manifest) if one in names}
        after[names[root]] |= needed - {names[root]}
    try:
        order = list(TopologicalSorter(after).static_order())
    except CycleError as error:
        raise UsageError(
            f"roots of {' and '.join(error.args[1][1:])} need each other: jobs of Azure DevOps "
            "hold all roots of an environment and tenant"
        ) from None
    found = []
    for name in order:
        environment, tenant = of[name]
        connections = connections_of(ci, tenant, environment)
        before = tuple(sorted(after[name]))
        found.append(Group(name, environment, tenant, **connections, after=before))
    return found
