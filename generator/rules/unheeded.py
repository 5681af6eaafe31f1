"""What dativo.yaml says of tenants, environments, roots and cost centres that no job has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import Problem
from generator.job.defaults import unused_defaults
from generator.job.project import Project
from generator.plan.collisions import Claim


def unheeded(project: Project, claims: Sequence[Claim], known: bool) -> Iterator[Problem]:
    """Warnings of defaults, exemptions and budgets that mean nobody.

    Args:
        project: the repository.
        claims: of all its roots.
        known: every job file claims its roots; else only defaults are told of, which need no root.
    """
    settings = project.settings
    if settings.defaults.tenants or settings.defaults.environments:
        tenants = {claim.tenant for claim in claims}
        yield from unused_defaults(project, tenants, {claim.environment for claim in claims})
    # Imported only where there is something to ask: each start would pay for them.
    if settings.policies is not None and settings.policies.exemptions and known:
        from generator.rules.exemptions import unused

        yield from unused(settings.policies, {claim.folder or "" for claim in claims})
    if settings.budgets and known:
        from generator.plan.budgeted import unused_budgets

        yield from unused_budgets(settings, claims)
