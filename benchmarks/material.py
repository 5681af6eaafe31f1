"""What peers are handed, made of the roots of a project: every line of every file, decided.

That is generous to them. They read no job, check nothing, merge no tags and plan nothing: they put
keys, values and lines where they belong. The tools that render text have to come to the same bytes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from benchmarks.cases import OUTPUT

# name = value, or "name" = value, below some margin: what a template has to align.
_ROW = re.compile(r"""(?P<margin> *)(?P<key>"[^"{}]*"|[\w-]+)(?P<gap> +)= (?P<value>.*)""")

Line = dict[str, Any]
Root = dict[str, Any]


def material(project: str) -> list[Root]:
    """Each root of a project, in order: its folder, and the lines of each of its files.

    Args:
        project: the project folder, generated.
    """
    top = os.path.join(project, OUTPUT)
    roots = []
    for folder, folders, names in os.walk(top):
        folders.sort()
        if "main.tf" not in names:
            continue
        files = {}
        for name in sorted(names):
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as stream:
                files[name] = [_line(text) for text in stream.read().split("\n")[:-1]]
        roots.append({"folder": os.path.relpath(folder, top), "files": files})
    return roots


def _line(text: str) -> Line:
    match = _ROW.fullmatch(text)
    if match is None:
        return {"text": text}
    width = len(match["key"]) + len(match["gap"]) - 1
    return {
        "margin": match["margin"],
        "key": match["key"],
        "width": width,
        "value": match["value"],
    }


def template(lines: str) -> str:
    """A template in Jinja that lays out one file.

    Args:
        lines: the expression for its lines.
    """
    row = '{{ line.margin }}{{ "%-*s" | format(line.width, line.key) }} = {{ line.value }}'
    either = f"{{% if 'key' in line %}}{row}{{% else %}}{{{{ line.text }}}}{{% endif %}}"
    # The end of a line is a value, since a tool may trim what follows a block.
    return f"{{% for line in {lines} %}}{either}{{{{ '\\n' }}}}{{% endfor %}}"


def kinds(roots: list[Root]) -> Mapping[str, list[str]]:
    """The sets of files that roots have, each with a name of its own: a template folder each."""
    found: dict[tuple[str, ...], str] = {}
    for root in roots:
        root["kind"] = found.setdefault(tuple(root["files"]), f"kind{len(found)}")
    return {name: list(files) for files, name in found.items()}


def write_json(value: object, path: str) -> None:
    """Write data for a peer's program."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(value, stream)
