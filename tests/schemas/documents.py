"""Documents for the schemas: as an editor reads them, and as the loader does."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema_rs import Draft7Validator, ValidationError, ValidationErrorKind

from generator.errors import InputError
from generator.job.load import load
from generator.job.project import open_project
from generator.model.asset import Asset, flatten
from generator.yaml.load import load_yaml
from generator.yaml.scalars import typed

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMAS = os.path.join(REPOSITORY, "schemas")

# A mapping whose leaves are YAML as a person types it.
Written = Mapping[str, Any]


@cache
def committed(name: str) -> dict[str, Any]:
    """One schema in the checkout."""
    with open(os.path.join(SCHEMAS, f"{name}.schema.json"), encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
        return found


@cache
def validator(name: str) -> Draft7Validator:
    """Its validator; the one in Python takes ten times as long for the thousands of documents."""
    return Draft7Validator(committed(name))


def faults(name: str, text: str) -> list[str]:
    """What the schema has against a text; scalars are typed as YAML 1.2 does."""
    document = typed(load_yaml(text.encode(), "file.yaml"))
    return [
        f"{'.'.join(map(str, error.instance_path))}: {error.message}"
        for found in validator(name).iter_errors(document)
        for error in (found, *_alternatives(found.kind))
    ]


def _alternatives(kind: ValidationErrorKind) -> Iterator[ValidationError]:
    """Why none of several schemas fits."""
    if isinstance(kind, ValidationErrorKind.AnyOf):
        for one in kind.context:
            yield from one


def yaml(written: Written | str) -> str:
    """The text of a document, in flow style."""
    if isinstance(written, str):
        return written
    return "{" + ", ".join(f"{key}: {yaml(value)}" for key, value in written.items()) + "}"


def put(written: Written, path: tuple[str, ...], value: Written | str) -> dict[str, Any]:
    """The document with another value at a path."""
    if len(path) == 1:
        return {**written, path[0]: value}
    return {**written, path[0]: put(written.get(path[0], {}), path[1:], value)}


def loader_faults(folder: str, job: str, settings: str = "") -> list[str]:
    """What the loader has against a job file and the settings."""
    for name, text in (("dativo.yaml", settings), ("job.yaml", job)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    try:
        load(open_project(folder), "job.yaml")
    except InputError as error:
        return [problem.message for problem in error.problems]
    return []


def asset_faults(text: str) -> list[str]:
    """What the loader has against an asset file."""
    from pydantic import ValidationError

    document, _ = flatten(load_yaml(text.encode(), "asset.yaml"))
    try:
        Asset.model_validate(document)
    except ValidationError as error:
        return [str(fault["loc"]) for fault in error.errors()]
    return []


def leaves(name: str, definition: str, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all canonical values below a definition, down to what is no model."""
    for key, node in committed(name)["definitions"][definition]["properties"].items():
        if "deprecated" in node:
            continue
        references = [o["$ref"] for k in ("allOf", "anyOf") for o in node.get(k, ()) if "$ref" in o]
        references += [node["$ref"]] if "$ref" in node else []
        if references:
            yield from leaves(name, references[0].rsplit("/", 1)[1], (*prefix, key))
        else:
            yield (*prefix, key)
