"""Inputs and tags as CloudFormation takes them: parameters and stack tags.

Sources: CloudFormation "Parameters" (alphanumeric names, values of 4,096 bytes, 200 in a
template), "CommaDelimitedList", "TemplateConfiguration files" of CodePipeline, which
``aws cloudformation deploy --parameter-overrides`` reads as well.
"""

from __future__ import annotations

import json
import re
from typing import Any

from generator.errors import InputError, Location, Problem, Problems
from generator.exports.inputs import inputs_of
from generator.exports.job_root import JobRoot
from generator.modules.interface import UnreadError
from generator.modules.types import Type
from generator.plan.module_source import module_source
from generator.plan.runtimes.table import RUNTIMES
from generator.render.hcl import to_hcl
from generator.tags.rules import TAG_RULES

_MOST, _MOST_BYTES = 200, 4096
_WORDS = re.compile(r"[A-Za-z0-9]+")


def parameters(job_root: JobRoot) -> dict[str, str]:
    """Parameter name to its text: ``memory_mib`` is MemoryMib, ``network.vpc_id`` NetworkVpcId.

    Attributes of an object are parameters of their own; a list of scalars is joined with commas
    (CommaDelimitedList); a map whose keys are the user's, or anything deeper, is JSON text.
    What is null or an empty list has no parameter, so that the template's default holds. Tags
    are left out: CloudFormation puts a stack's tags on its resources.

    Raises:
        InputError: a value CloudFormation cannot take, or two inputs with one name.
    """
    inputs = inputs_of(job_root)
    types = _types(job_root)
    location = Location(job_root.loaded.file)
    found: dict[str, str] = {}
    origins: dict[str, str] = {}
    problems = Problems()
    for name, value in inputs.values.items():
        if name == "tags":
            continue
        for path, item in _parts(name, value, types.get(name)):
            parameter = "".join(word[0].upper() + word[1:] for word in _WORDS.findall(path))
            if parameter in found:
                message = f'"{path}" and "{origins[parameter]}" are one parameter, {parameter}'
                problems.error("name-collision", message, location)
            try:
                found[parameter], origins[parameter] = _text(item), path
            except ValueError as error:
                problems.error("cloudformation", f'the input "{path}" {error}', location)
    if len(found) > _MOST:
        message = f"{len(found)} parameters, CloudFormation allows {_MOST}"
        problems.error("cloudformation", message, location)
    problems.raise_any()
    return found


def tags(job_root: JobRoot) -> dict[str, str]:
    """The tags of the stack.

    Raises:
        InputError: the job is not for AWS.
    """
    if job_root.tags.cloud != "aws":
        title = TAG_RULES[job_root.tags.cloud].title
        message = f"CloudFormation is for AWS, and the tags of this job are for {title}"
        location = job_root.loaded.locations.location(("infrastructure", "provider"))
        raise InputError(Problem("cloudformation", message, location))
    return job_root.tags.as_map()


def render(job_root: JobRoot, format: str) -> str:
    """JSON of one of three kinds.

    Args:
        job_root: the root.
        format: "template-configuration" (``{"Parameters": …, "Tags": …}``), or the lists that
            ``aws cloudformation create-stack`` takes: "parameters" for ``--parameters``,
            "tags" for ``--tags``.

    Raises:
        InputError: see ``parameters`` and ``tags``.
    """
    own = tags(job_root)
    document: Any
    if format == "tags":
        document = [{"Key": key, "Value": value} for key, value in own.items()]
    elif format == "parameters":
        document = [
            {"ParameterKey": key, "ParameterValue": value}
            for key, value in parameters(job_root).items()
        ]
    else:
        document = {"Parameters": parameters(job_root), "Tags": own}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _types(job_root: JobRoot) -> dict[str, Type]:
    """The types of the module's inputs; empty when no copy of the module can be read."""
    block = job_root.loaded.job.infrastructure
    runtime = RUNTIMES[block.provider, block.runtime.type]
    root = f"{job_root.project.settings.output}/{job_root.plan.folder}"
    source = module_source(job_root.project, job_root.loaded, runtime.module, root)
    try:
        interface = job_root.catalogue.find(source.folder) if source.folder else None
    except UnreadError:
        return {}
    return {name: one.type for name, one in interface.variables.items()} if interface else {}


def _parts(path: str, value: Any, kind: Type | None) -> list[tuple[str, Any]]:
    """A value and its path, or those of the attributes where it is an object."""
    if value is None or value == []:
        return []
    if not isinstance(value, dict) or kind is None or kind.kind != "object":
        return [(path, value)]
    return [
        part
        for key, item in value.items()
        for part in _parts(f"{path}.{key}", item, kind.attributes.get(key))
    ]


def _text(value: Any) -> str:
    """A parameter's value.

    Raises:
        ValueError: it does not fit; the message says why.
    """
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        items = [_scalar(item) for item in value]
        if any("," in item or item != item.strip() for item in items):
            text = json.dumps(value, ensure_ascii=False)
        else:
            text = ",".join(items)
    elif isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = _scalar(value)
    if len(text.encode()) > _MOST_BYTES:
        raise ValueError(f"has {len(text.encode())} bytes, CloudFormation allows {_MOST_BYTES}")
    return text


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else to_hcl(value)
