"""What ``${NAME}`` stands for in one job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Problem
from generator.model.values import with_facts
from generator.model.variables import FACTS, names_left, substitute, undefined

if TYPE_CHECKING:
    from generator.job.loaded import Layers
    from generator.job.project import Project

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("REGION", ("infrastructure", "region")),
    ("ASSET", ("asset",)),
    ("JOB_NAME", ("name",)),
)


def early_facts(project: Project, tenant: str, environment: str) -> dict[str, str]:
    """The values of dativo.yaml, and over them what is known of a job before its file is merged.

    Args:
        project: the repository.
        tenant: text as in a job file, without variables.
        environment: likewise.
    """
    facts = {"TENANT_ID": tenant, "ENVIRONMENT": environment}
    return {**with_facts(project.settings.values, facts), **facts}


def facts_of(early: dict[str, str], body: dict[str, Any], layers: Layers) -> dict[str, str]:
    """The facts of a job over the values of dativo.yaml, as text without variables.

    Args:
        early: as ``early_facts`` returns it.
        body: the merged job.
        layers: where its values stand.

    Raises:
        InputError: a fact holds a name that nothing defines, or needs itself.
    """
    known = dict(early)
    waiting: dict[str, tuple[str, KeyPath]] = {}
    for fact, path in _FIELDS:
        holder = body["infrastructure"] if len(path) > 1 else body
        value = holder.get(path[-1])
        if not isinstance(value, str):
            continue
        if names_left(value):
            waiting[fact] = (value, path)
        else:
            known[fact] = value
    if waiting:
        _settle(waiting, known, layers)
    return with_facts(known, {name: known[name] for name in FACTS if name in known})


def _settle(waiting: dict[str, tuple[str, KeyPath]], known: dict[str, str], layers: Layers) -> None:
    """Fill facts that hold variables, those first that need no other."""
    problems: list[Problem] = []
    while waiting:
        # Twice: what a value is made of may be a fact.
        texts = {
            fact: substitute(substitute(text, known), known) for fact, (text, _) in waiting.items()
        }
        ready = [
            fact
            for fact, text in texts.items()
            if not any(name.upper() in waiting for name in names_left(text))
        ]
        for fact in ready or list(waiting):
            _, path = waiting.pop(fact)
            if left := names_left(texts[fact]):
                problems.append(undefined(left[0], layers.location(path)))
            else:
                known[fact] = texts[fact]
    if problems:
        raise InputError(*problems)
