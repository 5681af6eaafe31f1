"""The inputs of a root's module call as plain values."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from generator.exports.job_root import JobRoot
from generator.plan.root_plan import RootPlan
from generator.text.expression import Interpolation, Reference


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a root passes to its module.

    Attributes:
        module: the module, for people.
        job_file: the job file, below the project folder.
        tenant, environment: whose root it is.
        values: input to plain data: text, numbers, booleans, None, lists and dicts.
        left_out: inputs that wait for a variable of the root, to the variables' names.
    """

    module: str
    job_file: str
    tenant: str
    environment: str
    values: dict[str, Any]
    left_out: dict[str, tuple[str, ...]]


def inputs_of(job_root: JobRoot) -> Inputs:
    """The inputs, in the order of the module call.

    An input is left out as a whole when any part of it is known only at apply: an object
    with a hole would be another object.

    Raises:
        InputError: the job has no root.
    """
    plan = job_root.plan
    local_values = {
        "local.tags": job_root.tags.as_map(),
        "local.kubernetes_labels": dict(plan.kubernetes_labels),
        "local.metadata": dict(plan.metadata),
    }
    values: dict[str, Any] = {}
    left_out: dict[str, tuple[str, ...]] = {}
    for argument in plan.module.arguments:
        waits: list[str] = []
        value = _plain(argument.value, local_values, waits)
        if waits:
            left_out[argument.name] = tuple(dict.fromkeys(waits))
        else:
            values[argument.name] = value
    module = _module(plan, job_root.project.settings.output)
    return Inputs(module, plan.job_file, plan.tenant, plan.environment, values, left_out)


def _plain(value: Any, local_values: dict[str, dict[str, str]], waits: list[str]) -> Any:
    if isinstance(value, Reference):
        if value.text in local_values:
            return dict(local_values[value.text])
        waits.append(value.text)
        return None
    if isinstance(value, Interpolation):
        waits += [part.text for part in value.parts if isinstance(part, Reference)]
        return "".join(part for part in value.parts if isinstance(part, str))
    if isinstance(value, dict):
        return {key: _plain(item, local_values, waits) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, local_values, waits) for item in value]
    return value


def _module(plan: RootPlan, output: str) -> str:
    source = plan.module.source
    if source.startswith(("./", "../")):
        return posixpath.normpath(f"{output}/{plan.folder}/{source}")
    return source
