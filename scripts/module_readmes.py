"""Write the tables of modules/*/README.md and modules/README.md, between their markers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from generator.modules.declarations import parse
from generator.modules.files import module_files
from generator.modules.interface import Interface, ModuleVariable
from generator.modules.read import interface
from generator.plan.needs.need import Need
from generator.plan.needs.of_root import commands, in_order, shown
from generator.plan.needs.table import NEEDS
from generator.plan.runtimes.table import RUNTIMES
from generator.rehearsal.schema import Block, load, provider_names
from generator.render.markdown import code
from generator.tags.rules import TAG_RULES
from scripts.pages import MODULES, Files, between_markers, module_names, prose

# Attributes that hold the tags of a resource. Google's `tags` are network or resource manager
# tags, and labels count only where the provider's default labels reach them.
TAGS = ("tags", "custom_tags")
LABELS = ("user_labels", "labels", "resource_labels")
# Of Kubernetes objects, and of Google's node pools.
NESTED = (("metadata", "labels"), ("node_config", "resource_labels"))
LONGEST_CELL = 60


def files() -> Files:
    """All READMEs with their tables."""
    for name in module_names():
        path = f"modules/{name}/README.md"
        sections = {"NEEDS": list(needs(name)), "TABLES": page(name)}
        yield path, between_markers(path, sections)
    path = "modules/README.md"
    yield path, between_markers(path, {"TABLES": overview()})


def page(name: str) -> list[str]:
    """The tables of one module's README."""
    files = module_files(os.path.join(MODULES, name))
    found = interface(parse(files))
    return [
        "",
        *_inputs(found, defaults(files)),
        *_outputs(found),
        *_resources(resources(files)),
    ]


def needs(name: str) -> Iterator[str]:
    """What must be there before a module is applied: commands, then all rows."""
    rows = in_order(NEEDS.get(name, ()))
    lines = list(_commands(rows))
    yield from ("", "```sh", *lines, "```") if lines else ()
    yield from ("", "| | what | with | for |", "|---|---|---|---|")
    for row in rows:
        yield f"| {row.kind} | {shown(row)} | {row.when.text} | {row.why} |"
    yield ""


def _commands(rows: list[Need]) -> Iterator[str]:
    """What everybody runs, then with a remark what some do."""
    yield from commands([row for row in rows if not row.when.text])
    for text in dict.fromkeys(row.when.text for row in rows if row.when.text):
        for line in commands([row for row in rows if row.when.text == text]):
            yield f"{line}  # {text.replace('`', '')}"


def defaults(files: dict[str, bytes]) -> dict[str, str]:
    """The defaults of the variables that have one, as HCL on one line."""
    return {
        label.strip('"'): _hcl(body["default"])
        for _, label, body in _blocks(files, "variable", 1)
        if "default" in body
    }


def resources(files: dict[str, bytes]) -> list[tuple[str, str, str, str | None]]:
    """The resources: type, name, file, and the attribute that holds its tags; sorted."""
    found = []
    for file, address, _ in _blocks(files, "resource", 2):
        kind, name = address.split(".")
        found.append((kind, name, file, tag_attribute(kind)))
    return sorted(found)


def tag_attribute(kind: str) -> str | None:
    """The attribute of a resource type that takes the tags; None when it has none.

    Raises:
        KeyError: no provider whose schema is at hand has such a resource.
    """
    if kind == "terraform_data":  # Terraform's own
        return None
    block = _schemas()[kind]
    attributes = block["attributes"]
    for name in LABELS if kind.startswith("google_") else TAGS:
        found = attributes.get(name)
        if found and found["type"] == ["map", "string"] and found.get("optional"):
            return name
    for outer, name in NESTED:
        if outer in block["blocks"] and name in block["blocks"][outer]["block"]["attributes"]:
            return f"{outer}.{name}"
    return None


@cache
def _schemas() -> dict[str, Block]:
    found: dict[str, Block] = {}
    for name in provider_names():
        found.update(load(name)["resource"])
    return found


def _blocks(
    files: dict[str, bytes], kind: str, labels: int
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The blocks of a kind: file, labels joined with dots, body."""
    for file, data in files.items():
        for block in _parsed(data).get(kind, ()):
            address, body = [], block
            for _ in range(labels):
                label = next(iter(body))
                address.append(label.strip('"'))
                body = body[label]
            yield file, ".".join(address), body


@cache
def _parsed(data: bytes) -> dict[str, Any]:
    import hcl2
    from hcl2 import SerializationOptions

    options = SerializationOptions(with_comments=False)
    content: dict[str, Any] = hcl2.loads(data.decode(), serialization_options=options)
    return content


def _hcl(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        pairs = [f"{key} = {_hcl(item)}" for key, item in value.items() if key != "__is_block__"]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_hcl, value)) + "]"
    return str(value)


def _inputs(found: Interface, said: dict[str, str]) -> Iterator[str]:
    yield from ("## Inputs", "", "| name | type | default | description |", "|---|---|---|---|")
    long = []
    for variable in found.variables.values():
        shown = code(variable.text)
        if len(variable.text) > LONGEST_CELL:
            shown = f"[{variable.type.kind}](#type-of-{variable.name})"
            long.append(variable)
        default = "**required**" if variable.required else code(said[variable.name])
        note = " Sensitive." if variable.sensitive else ""
        yield f"| {variable.name} | {shown} | {default} | {prose(variable.description)}{note} |"
    yield ""
    for variable in long:
        yield from _long_type(variable)


def _long_type(variable: ModuleVariable) -> Iterator[str]:
    yield from (f"### Type of {variable.name}", "", "```hcl")
    yield from pretty(variable.text).splitlines()
    yield from ("```", "")


def pretty(text: str, indent: str = "") -> str:
    """A type constraint with each attribute of an object on a line of its own."""
    head, opened, rest = text.partition("object({")
    if not opened:
        return text
    inner, tail = _until_closed(rest)
    deeper = indent + "  "
    attributes = [pair.split(" = ", 1) for pair in _split(inner)]
    width = max((len(name) for name, _ in attributes), default=0)
    lines = [f"{deeper}{name:<{width}} = {pretty(kind, deeper)}" for name, kind in attributes]
    return "\n".join([f"{head}object({{", *lines, f"{indent}}}{tail}"])


def _until_closed(text: str) -> tuple[str, str]:
    """What stands before the brace that closes, and what follows it."""
    for at, depth in _depths(text):
        if depth < 0:
            return text[:at], text[at + 1 :]
    raise ValueError(f"no closing brace: {text}")


def _split(text: str) -> list[str]:
    """The parts between commas that are in no bracket and no quotes."""
    cuts = [at for at, depth in _depths(text) if depth == 0 and text[at] == ","]
    starts = [0, *(at + 1 for at in cuts)]
    parts = (text[a:b].strip() for a, b in zip(starts, [*cuts, len(text)], strict=True))
    return [part for part in parts if part]


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Each character outside quotes with the depth of brackets after it."""
    depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|.', text, re.DOTALL):
        character = match[0]
        depth += (character in "([{") - (character in ")]}")
        if len(character) == 1:
            yield match.start(), depth


def _outputs(found: Interface) -> Iterator[str]:
    yield from ("## Outputs", "", "| name | description |", "|---|---|")
    for output in found.outputs.values():
        note = " Sensitive." if output.sensitive else ""
        yield f"| {output.name} | {prose(output.description)}{note} |"
    yield ""


def _resources(found: list[tuple[str, str, str, str | None]]) -> Iterator[str]:
    yield from ("## Resources", "", "| resource | file | tags |", "|---|---|---|")
    for kind, name, file, attribute in found:
        tags = f"in `{attribute}`" if attribute else "cannot be tagged"
        yield f"| `{kind}.{name}` | [{file}]({file}) | {tags} |"


def overview() -> list[str]:
    """The table of modules/README.md."""
    lines = [
        "",
        "| module | cloud | `runtime.type` | resources | what it does |",
        "|---|---|---|---|---|",
    ]
    for name in module_names():
        rows = [row for row in RUNTIMES.values() if row.module == name]
        cloud = ", ".join(TAG_RULES[row.cloud].title for row in rows)
        runtime = ", ".join(dict.fromkeys(f"`{row.type}`" for row in rows))
        kinds = resources(module_files(os.path.join(MODULES, name)))
        taggable = sum(1 for resource in kinds if resource[3])
        count = f"{len(kinds)}, {taggable} of them taggable"
        lines.append(f"| [{name}]({name}) | {cloud} | {runtime} | {count} | {_summary(name)} |")
    return [*lines, ""]


def _summary(name: str) -> str:
    """The first paragraph of a module's README."""
    with open(os.path.join(MODULES, name, "README.md"), encoding="utf-8") as stream:
        paragraphs = stream.read().split("\n\n")
    return prose(paragraphs[1])
