"""Write docs/reference/keys.md: every key of job, asset and settings files, from the schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.json_schema import NAMES
from generator.json_schema.draft7 import VARIABLE, Schema
from generator.json_schema.schemas import schema
from generator.render.markdown import code
from scripts.pages import Files, prose

PAGE = "docs/reference/keys.md"
TITLES = {"job": "Job files", "asset": "Asset files", "settings": "dativo.yaml"}
HEAD = """\
# Keys

What job, asset and settings files may hold, as the schemas in `schemas/` have it. Text may be
written without quotes, also where YAML would read a number, a boolean or a date. `*` stands for a
name of one's own, or a cloud. This page is written by `make derived`.
"""
NOTES = {
    "job": (
        "Other keys are left alone, except below `infrastructure` and `schedule`. "
        "`${NAME}` may stand for any value. Keys of older files are in "
        "[Older job files](../dialects.md)."
    ),
    "asset": (
        "Other keys are left alone. The nested shape has all this below `asset`, and there a "
        "section `governance` as well."
    ),
    "settings": "Other keys are errors.",
}
# What is described in full elsewhere on the page.
AS_IN_A_JOB = "Infrastructure"
ON_PAGES = {"Conditions": "docs/rules.md"}
TAGS = "infrastructure.tags"


def files() -> Files:
    """The page."""
    yield PAGE, page()


def page() -> str:
    """The text of the page."""
    lines = [HEAD]
    for name in NAMES:
        lines += [f"## {TITLES[name]}", "", NOTES[name], ""]
        lines += ["| key | takes | default | meaning |", "|---|---|---|---|"]
        lines += [*rows(name), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def rows(name: str) -> Iterator[str]:
    """The rows of one kind of file."""
    whole = schema(name)
    top = whole["definitions"]["Asset"] if name == "asset" else whole
    yield from _rows(whole, top, "", name == "settings")


def _rows(whole: Schema, node: Schema, prefix: str, short: bool) -> Iterator[str]:
    """The keys of an object and of the objects in it; ``short`` leaves infrastructure out."""
    today = {key: _today(v) for key, v in node["properties"].items() if not is_older(v)}
    for key, value in today.items():
        path = f"{prefix}{key}"
        name = _model(value)
        model = whole["definitions"][name] if name else None
        description = value.get("description") or (model or {}).get("description", "")
        if name == AS_IN_A_JOB and short:
            description += " As in a job file, each key optional."
            model = None
        if name in ON_PAGES:
            description += f" See {ON_PAGES[name]}."
            model = None
        if path == TAGS:
            description += " docs/tags.md lists those that are known."
        default = value.get("default")
        shown = code(json.dumps(default)) if default is not None else ""
        yield f"| `{path}` | {_takes(whole, value)} | {shown} | {prose(description)} |"
        if model is not None:
            yield from _rows(whole, model, f"{path}.", short)
        held = _model(value.get("additionalProperties"))
        held = None if path == TAGS else held
        if key == "clouds":  # the same for each
            held = "CloudDefaults"
        elif "properties" in value and path != TAGS:
            yield from _rows(whole, value, f"{path}.", short)
        if held and held != "Overlay":
            yield from _rows(whole, whole["definitions"][held], f"{path}.*.", short)
        if column := _model(value.get("items")):
            yield from _rows(whole, whole["definitions"][column], f"{path}[].", short)


def is_older(value: Schema) -> bool:
    """Whether a key is that of older files, as a whole or in one of its forms."""
    return "deprecated" in value or value.get("description", "").startswith("Older ")


def _today(value: Schema) -> Schema:
    """The same without the names and forms of older files."""
    options = [option for option in value.get("anyOf", ()) if "deprecated" not in option]
    if len(options) == 1:
        return {**{key: item for key, item in value.items() if key != "anyOf"}, **options[0]}
    return {**value, "anyOf": options} if options else value


def _model(value: object) -> str | None:
    """The definition of an object that a value refers to."""
    if not isinstance(value, dict):
        return None
    options = [value, *value.get("allOf", ()), *value.get("anyOf", ())]
    found = [option["$ref"].rsplit("/", 1)[1] for option in options if "$ref" in option]
    return found[0] if found and not found[0].endswith("_name") else None


def _takes(whole: Schema, value: Schema) -> str:
    """What may be written, in words."""
    if _model(value) or "properties" in value:
        return "mapping"
    choices = _choices(value)
    if choices:
        return ", ".join(code(choice) for choice in choices)
    options = [value, *value.get("anyOf", ())]
    if any(str(option.get("$ref", "")).endswith("_name") for option in options):
        return "name"
    types = value.get("type", ())
    kinds = [types] if isinstance(types, str) else types
    for kind, words in (
        ("object", "mapping"),
        ("array", "list"),
        ("integer", "size" if "Mi" in value.get("pattern", "") else "whole number"),
    ):
        if kind in kinds and not (kind == "integer" and "boolean" in kinds):
            return words
    if "boolean" in kinds and "pattern" in value:
        return "true or false"
    return "number" if "number" in kinds and "pattern" in value else "text"


def _choices(value: Schema) -> list[str]:
    found = []
    for option in (value, *value.get("anyOf", ())):
        found += [str(item) for item in option.get("enum", ()) if item is not None]
        found += [option["const"]] if "const" in option else []
    return found if VARIABLE not in found else []
