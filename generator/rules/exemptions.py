"""Who is exempt from which policy, and until when."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator

from pydantic_core import PydanticCustomError

from generator.errors import Location, Problem, UsageError
from generator.files.names import SETTINGS_FILE
from generator.job.project import Project
from generator.model.policies import Exemption, Policies, day
from generator.text.globs import matches


def exemption_of(policies: Policies, policy: str, address: str) -> Exemption | None:
    """What exempts a job from a policy, if anything does.

    Args:
        policies: of dativo.yaml.
        policy: its name.
        address: of the job: tenant/job/environment.
    """
    for one in policies.exemptions:
        if policy in one.policies and any(matches(pattern, address) for pattern in one.jobs):
            return one
    return None


def unused(policies: Policies, addresses: Collection[str]) -> Iterator[Problem]:
    """Patterns of exemptions that no job has: it was renamed, has gone, or is misspelt.

    Args:
        policies: of dativo.yaml.
        addresses: of all jobs with a root.
    """
    for index, one in enumerate(policies.exemptions):
        for number, pattern in enumerate(one.jobs):
            if not any(matches(pattern, address) for address in addresses):
                place = Location(SETTINGS_FILE, ("policies", "exemptions", index, "jobs", number))
                message = f'no job is "{pattern}", so nothing is exempt'
                hint = "jobs are named tenant/job/environment"
                yield Problem("unused-exemption", message, place, hint, "warning")


def as_of(project: Project, today: str) -> tuple[Project, list[Problem]]:
    """A project without the exemptions that have ended, and what is told of those.

    A run reads no clock, so which day it is has to be said.

    Args:
        project: the repository.
        today: the day, such as 2027-03-31. An exemption holds until the end of its last day.

    Raises:
        UsageError: that is no day.
    """
    try:
        day(today)
    except PydanticCustomError as error:
        raise UsageError(f"--as-of: {today!r} {error.message()}") from None
    policies = project.settings.policies
    if policies is None:
        return project, []
    ended = [
        (index, one.until)
        for index, one in enumerate(policies.exemptions)
        if one.until is not None and one.until < today
    ]
    gone = {index for index, _ in ended}
    for_nobody = {"jobs": ()}
    left = tuple(
        one.model_copy(update=for_nobody) if index in gone else one
        for index, one in enumerate(policies.exemptions)
    )
    settings = project.settings.model_copy(
        update={"policies": policies.model_copy(update={"exemptions": left})}
    )
    told = [
        Problem(
            "ended-exemption",
            f"the exemption ended on {until}",
            Location(SETTINGS_FILE, ("policies", "exemptions", index, "until")),
            "take it out, or agree on another day",
            "warning",
        )
        for index, until in ended
    ]
    return dataclasses.replace(project, settings=settings), told
