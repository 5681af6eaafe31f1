"""What ``${NAME}`` stands for in one job."""

from __future__ import annotations

from typing import Any

from generator.errors import KeyPath, Problems
from generator.job.loaded import Layers
from generator.job.project import Project
from generator.model.values import with_job_variables
from generator.model.variables import JOB_VARIABLES, names_left, substitute, undefined

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("REGION", ("infrastructure", "region")),
    ("ASSET", ("asset",)),
    ("JOB_NAME", ("name",)),
)


def early_variables(project: Project, tenant: str, environment: str) -> dict[str, str]:
    """The values of dativo.yaml, and the variables of a job that stand before its file is merged.

    Args:
        project: the repository.
        tenant: text as in a job file, without variables.
        environment: likewise.
    """
    own = {"TENANT_ID": tenant, "ENVIRONMENT": environment}
    values = project.values(tenant, environment).texts
    return {**with_job_variables(values, own), **own}


def job_variables(early: dict[str, str], body: dict[str, Any], layers: Layers) -> dict[str, str]:
    """The variables of a job over the values of dativo.yaml, as text without variables.

    Args:
        early: as ``early_variables`` returns it.
        body: the merged job.
        layers: where its values stand.

    Raises:
        InputError: one holds a name that nothing defines, or needs itself.
    """
    variables = dict(early)
    unfilled: dict[str, tuple[str, KeyPath]] = {}
    for name, path in _FIELDS:
        holder = body["infrastructure"] if len(path) > 1 else body
        value = holder.get(path[-1])
        if not isinstance(value, str):
            continue
        if names_left(value):
            unfilled[name] = (value, path)
        else:
            variables[name] = value
    if unfilled:
        _fill_in_order(unfilled, variables, layers)
    own = {name: variables[name] for name in JOB_VARIABLES if name in variables}
    return with_job_variables(variables, own)


def _fill_in_order(
    unfilled: dict[str, tuple[str, KeyPath]], variables: dict[str, str], layers: Layers
) -> None:
    """Fill variables that are made of others, those first that need no unfilled one."""
    problems = Problems()
    while unfilled:
        # Twice: a value of dativo.yaml may itself be made of a job's variable.
        texts = {
            name: substitute(substitute(text, variables), variables)
            for name, (text, _) in unfilled.items()
        }
        ready = [
            name
            for name, text in texts.items()
            if not any(other.upper() in unfilled for other in names_left(text))
        ]
        for name in ready or list(unfilled):
            _, path = unfilled.pop(name)
            if left := names_left(texts[name]):
                problems.append(undefined(left[0], layers.location(path)))
            else:
                variables[name] = texts[name]
    problems.raise_any()
