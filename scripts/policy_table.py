"""Write the list of suppressed checks into docs/policy-scan.md, between its markers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from glob import glob
from typing import NamedTuple

from scripts.pages import MODULES, Files, between_markers, prose

PAGE = "docs/policy-scan.md"
_SKIP = re.compile(r"#\s*checkov:skip=([A-Z0-9_]+)\s*:?\s*(.*)")
_RESOURCE = re.compile(r'(resource|data) "([a-z0-9_]+)" "([a-z0-9_]+)" \{')


class Suppression(NamedTuple):
    """One suppressed check: where, which, why."""

    module: str
    file: str
    resource: str
    check: str
    reason: str


def files() -> Files:
    """The page with the list."""
    yield PAGE, between_markers(PAGE, {"SUPPRESSIONS": table()})


def suppressions() -> list[Suppression]:
    """Every suppressed check below modules/, in order."""
    found = []
    for path in sorted(glob(os.path.join(MODULES, "**", "*.tf"), recursive=True)):
        module, file = os.path.relpath(path, MODULES).split(os.sep, 1)
        resource = ""
        with open(path, encoding="utf-8") as stream:
            for line in stream:
                if opened := _RESOURCE.match(line):
                    resource = f"{opened[2]}.{opened[3]}"
                elif skip := _SKIP.search(line):
                    found.append(
                        Suppression(module, file.replace(os.sep, "/"), resource, skip[1], skip[2])
                    )
    return found


def table() -> Iterator[str]:
    """The list as a table."""
    yield from ("", "| check | resource | why |", "|---|---|---|")
    for one in suppressions():
        where = f"[{one.module}](../modules/{one.module}/{one.file})"
        yield f"| {one.check} | {where} `{one.resource}` | {prose(one.reason)} |"
    yield ""
