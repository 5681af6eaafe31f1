"""What the policies of dativo.yaml find, as gaps of the report."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.inventory.gaps import NOTE, Gap, split
from generator.inventory.places import Places
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.plan.root_plan import RootPlan
from generator.rules.judge import CODE, findings
from generator.tags.tag_set import TagSet


def of_policies(
    project: Project, loaded: LoadedJob, tags: TagSet, plan: RootPlan, places: Places
) -> Iterator[Gap]:
    """The gaps of one root; of what it is exempt from a note, with the reason.

    Args:
        project: the repository.
        loaded: the job.
        tags: its tags.
        plan: of its root.
        places: where values stand.
    """
    for one in findings(project, loaded, tags, plan.left_out):
        severity, message = one.severity, one.message
        if one.exemption is not None:
            until = f" until {one.exemption.until}" if one.exemption.until else ""
            severity, message = NOTE, f"{message}; exempt{until}: {one.exemption.reason}"
        place = split(places.of(one.location))
        yield Gap(severity, f"{CODE}/{one.policy}", message, plan.folder, *place)


def is_finding(problem: Problem) -> bool:
    """Whether a problem is what a policy found: its root is planned all the same."""
    return problem.code.startswith(f"{CODE}/")
