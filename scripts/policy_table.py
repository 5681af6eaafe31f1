"""Write the list of suppressed checks into docs/policy-scan.md, between its markers.

python scripts/policy_table.py           writes
python scripts/policy_table.py --check   exit code 1 when the page is stale; writes nothing
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from glob import glob
from typing import NamedTuple

from scripts.cells import prose

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(TOP, "docs", "policy-scan.md")
BEGIN, END = "<!-- BEGIN_SUPPRESSIONS -->\n", "<!-- END_SUPPRESSIONS -->"
_SKIP = re.compile(r"#\s*checkov:skip=([A-Z0-9_]+)\s*:?\s*(.*)")
_RESOURCE = re.compile(r'(resource|data) "([a-z0-9_]+)" "([a-z0-9_]+)" \{')


class Suppression(NamedTuple):
    """One suppressed check: where, which, why."""

    module: str
    file: str
    resource: str
    check: str
    reason: str


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    with open(PAGE, encoding="utf-8", newline="") as stream:
        old = stream.read()
    head, begin, rest = old.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        print(f"{PAGE}: the markers of the list are missing", file=sys.stderr)
        return 1
    new = f"{head}{BEGIN}" + "".join(f"{line}\n" for line in table()) + f"{END}{tail}"
    if new == old:
        return 0
    if "--check" in arguments:
        print(f"{PAGE} is stale, run: python scripts/policy_table.py", file=sys.stderr)
        return 1
    with open(PAGE, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(new)
    return 0


def suppressions() -> list[Suppression]:
    """Every suppressed check below modules/, in order."""
    found = []
    for path in sorted(glob(os.path.join(TOP, "modules", "**", "*.tf"), recursive=True)):
        module, file = os.path.relpath(path, os.path.join(TOP, "modules")).split(os.sep, 1)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
