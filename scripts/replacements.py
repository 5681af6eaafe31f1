"""Write generator/changes/replacements.json: which inputs of a shipped module make what anew.

Read from the modules, and from what the providers say of their resources
(``generator/rehearsal/schemas/facts``): an argument that another value of makes a new resource,
and the inputs that it is made from, directly or by way of locals.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from generator.changes.replacements import digest
from generator.modules.files import module_files
from generator.rehearsal import facts
from generator.rehearsal.configuration import parse
from scripts.pages import MODULES, Files, module_names

TARGET = "generator/changes/replacements.json"

# What is made anew as a matter of course, holds nothing, and is in nobody's way: revisions,
# clocks and grants. A list of these on top of each pull request would hide what matters.
ROUTINE = re.compile(
    r"aws_ecs_task_definition|time_\w+|terraform_data"
    r"|\w+_iam_(?:member|binding|policy)|azurerm_role_assignment"
    r"|aws_iam_(?:role_policy|role_policy_attachment)|aws_lambda_permission|databricks_permissions"
)
_REFERENCE = re.compile(r"\b(var|local)((?:\.\w+)+)")


def files() -> Files:
    """The table, read anew."""
    found = {name: _module(name) for name in module_names()}
    yield TARGET, "{\n" + ",\n".join(_lines(found)) + "\n}\n"


def _lines(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """One input a line, so that the change of a module is the change of few lines."""
    for name, row in found.items():
        inputs = ",\n".join(
            f"   {json.dumps(path)}: {json.dumps(row['inputs'][path])}"
            for path in sorted(row["inputs"])
        )
        rest = ",\n".join(
            f"  {json.dumps(key)}: {json.dumps(row[key])}"
            for key in ("digest", "files", "providers")
        )
        yield f' {json.dumps(name)}: {{\n{rest},\n  "inputs": {{\n{inputs}\n  }}\n }}'


def _module(name: str) -> dict[str, Any]:
    resources, local_values = _read(name)
    inputs: dict[str, list[list[Any]]] = {}
    for (kind, label), body in sorted(resources.items()):
        if ROUTINE.fullmatch(kind):
            continue
        always = "count" not in body and "for_each" not in body
        for argument, text, when in _forcing(kind, body):
            for path in sorted(_inputs(text, local_values, frozenset())):
                exact = always and text == f"${{var.{path}}}"
                row = [f"{kind}.{label}", argument, when, exact]
                if row not in inputs.setdefault(path, []):
                    inputs[path].append(row)
    sources = module_files(os.path.join(MODULES, name))
    providers = sorted({kind.partition("_")[0] for kind, _ in resources})
    return {
        "digest": digest(sources),
        "files": sorted(sources),
        "providers": {one: facts.load(one)["version"] for one in providers},
        "inputs": inputs,
    }


def _read(name: str) -> tuple[dict[tuple[str, str], dict[str, Any]], dict[str, str]]:
    """The resources of a module by type and name, and its locals."""
    resources: dict[tuple[str, str], dict[str, Any]] = {}
    local_values: dict[str, str] = {}
    for file in module_files(os.path.join(MODULES, name)):
        content = parse(os.path.join(MODULES, name, file), ("resource", "locals"))
        if content is None:
            raise ValueError(f"{name}/{file} cannot be read")
        for block in content.get("locals", []):
            local_values |= {key: str(value) for key, value in block.items()}
        for block in content.get("resource", []):
            for kind, named in block.items():
                for label, body in named.items():
                    resources[kind.strip('"'), label.strip('"')] = body
    return resources, local_values


def _forcing(kind: str, body: Any) -> Iterator[tuple[str, str, Any]]:
    """The arguments of a resource that force a replacement, with their text."""
    said = _facts(kind)
    for path, text in _arguments(body):
        when = said.get(path, {}).get("force_new")
        if when and "${" in text:
            yield path, text, when


@cache
def _facts(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = facts.load(kind.partition("_")[0])["resource"].get(kind, {})
    return found


def _arguments(body: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(body, list):
        for one in body:
            yield from _arguments(one, path)
    elif isinstance(body, dict):
        for name, inner in body.items():
            if name == "dynamic":
                for block in inner:
                    for label, made in block.items():
                        for one in made if isinstance(made, list) else [made]:
                            inside = f"{path}{label.strip(chr(34))}."
                            yield from _arguments(one.get("content"), inside)
            elif not name.startswith("__") and name != "lifecycle":
                yield from _arguments(inner, f"{path}{name}.")
    else:
        yield path.rstrip("."), str(body)


def _inputs(text: str, local_values: dict[str, str], seen: frozenset[str]) -> set[str]:
    """The inputs that an expression is made from, with the attributes that it takes of them."""
    found: set[str] = set()
    for kind, path in _REFERENCE.findall(text):
        name = path[1:]
        if kind == "var":
            found.add(name)
        elif (local := name.partition(".")[0]) not in seen and local in local_values:
            found |= _inputs(local_values[local], local_values, seen | {local})
    return found
