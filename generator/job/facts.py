"""What ``${NAME}`` stands for in one job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Problem
from generator.job.variables import fill, finish, names_left, undefined

if TYPE_CHECKING:
    from generator.job.loaded import Layers
    from generator.project import Project

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("REGION", ("infrastructure", "region")),
    ("ASSET", ("asset",)),
    ("JOB_NAME", ("name",)),
)


def facts_of(project: Project, body: dict[str, Any], layers: Layers) -> dict[str, str]:
    """The facts of a job over the values of dativo.yaml, as text without variables.

    Args:
        project: the repository.
        body: the merged job, its tenant and environment already without variables.
        layers: where its values stand.

    Raises:
        InputError: a fact holds a name that nothing defines, or needs itself.
    """
    known = dict(project.settings.values)
    known["TENANT_ID"] = finish(body["tenant_id"], None)
    known["ENVIRONMENT"] = finish(body["environment"], None)
    waiting: dict[str, tuple[str, KeyPath]] = {}
    for fact, path in _FIELDS:
        holder = body["infrastructure"] if len(path) > 1 else body
        value = holder.get(path[-1])
        if not isinstance(value, str):
            continue
        if "${" in value:
            waiting[fact] = (value, path)
        else:
            known[fact] = value
    if waiting:
        _settle(waiting, known, layers)
    return known


def _settle(waiting: dict[str, tuple[str, KeyPath]], known: dict[str, str], layers: Layers) -> None:
    """Fill facts that hold variables, those first that need no other."""
    problems: list[Problem] = []
    while waiting:
        ready = [
            fact
            for fact, (text, _) in waiting.items()
            if not any(name.upper() in waiting for name in names_left(text))
        ]
        for fact in ready or list(waiting):
            text, path = waiting.pop(fact)
            text = fill(text, known)
            if left := names_left(text):
                problems.append(undefined(left[0], layers.place(path)))
            else:
                known[fact] = finish(text, None)
    if problems:
        raise InputError(*problems)
