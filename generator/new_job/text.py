"""The text of a new job file: canonical YAML, with comments where a key does not say enough."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.runtime_types import RUNTIME_TYPES
from generator.new_job.document import Draft
from generator.text.characters import in_line
from generator.text.printable import printable
from generator.yaml.scalars import PlainScalar, typed
from generator.yaml.write import flow, scalar

# A number with a unit begins with a digit and is text in every version of YAML.
_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:Mi|Gi|M|G|m)").fullmatch
_COMMENTS = {
    "asset": "The contract of the data: its owner, classification and retention become tags.",
    "schedule": "Minute, hour, day of month, month, day of week.",
    "infrastructure.runtime.secrets": "References, never values.",
    "infrastructure.storage": "The job may touch objects below the prefix only.",
    "environments": "A root module for each; what differs there stands below its name.",
}


def render(file: str, made: Draft, description: str = "") -> str:
    """The file, ending with a line feed.

    Args:
        file: where it will be, below the project folder.
        made: its content.
        description: its first comment; says what the job is without one.
    """
    top = posixpath.relpath("schemas/job.schema.json", posixpath.dirname(file) or ".")
    lines = [f"# yaml-language-server: $schema={top}", f"# {_first(made, description)}"]
    for key, value in made.document.items():
        if key in {"infrastructure", "environments"}:
            lines.append("")
        lines += _entry(key, value, (), made)
    return "\n".join(lines) + "\n"


def _first(made: Draft, description: str) -> str:
    if description:
        return printable(in_line(" ".join(description.split())))
    job = made.document
    row = RUNTIME_TYPES[job["infrastructure"]["runtime"]["type"]]
    where = " to ".join(job[key] for key in ("source_connector", "target_connector") if key in job)
    return f"{where or job['name']}, on {row.title}."


def _entry(key: str, value: Any, above: tuple[str, ...], made: Draft) -> Iterator[str]:
    margin, path = "  " * len(above), (*above, key)
    dotted = ".".join(path)
    if dotted in _COMMENTS:
        yield f"{margin}# {_COMMENTS[dotted]}"
    if isinstance(value, Mapping) and value:
        yield f"{margin}{scalar(key)}:"
        if path == ("infrastructure",) and made.given:
            yield from _given(made.given)
        for inner, item in value.items():
            yield from _entry(inner, item, path, made)
    else:
        yield f"{margin}{scalar(key)}: {_value(value)}"


def _given(given: tuple[str, ...]) -> Iterator[str]:
    text = f"From dativo.yaml: {', '.join(given)}."
    line = "  #"
    for word in text.split():
        if len(line) + 1 + len(word) > 96:
            yield line
            line = "  #"
        line += f" {word}"
    yield line


def _value(value: Any) -> str:
    if type(value) is PlainScalar:
        value = typed(value)
    if isinstance(value, str) and _SIZE(value):
        return value
    return flow(value)


def file_of(folder: str, tenant: str, name: str) -> str:
    """Where a job's file belongs, below the project folder."""
    return posixpath.join(folder.replace(os.sep, "/"), tenant, f"{name}.yaml")
