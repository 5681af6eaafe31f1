"""A report as one HTML file, which asks for no other and runs no script but its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from generator.files import shipped
from generator.page.packing import Packer

_PLACE = "@REPORT@"
# Inside <script> these could end it or begin a comment; everywhere else in JSON they cannot be.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
# Where a file is when the page lies in the project's folder.
BESIDE = "FILE"


def page(
    rows: Iterable[Mapping[str, Any]], gaps: Iterable[Mapping[str, Any]], links: str = BESIDE
) -> str:
    """The HTML of a report.

    It is ASCII, and says of every string that it is data: none can become markup.

    Args:
        rows: one a root, as ``dativo report --format json`` has them.
        gaps: as there.
        links: where a line of a job file is looked at, with FILE and LINE for the two:
            ``https://github.com/acme/jobs/blob/main/FILE#LLINE``. Other addresses than those of
            http, https and files become text.

    Raises:
        FileNotFoundError: the installation is not complete.
        ValueError: a number that JSON cannot hold.
    """
    before, after = _template()
    packer = Packer()
    report = {"links": links}
    parts = {name: packer.list_of(values) for name, values in (("rows", rows), ("gaps", gaps))}
    packed = packer.packed() | {"report": parts | report}
    data = json.dumps(packed, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)
    return f"{before}{data}{after}"


def _template() -> tuple[str, str]:
    with open(
        os.path.join(shipped.folder("templates/report"), "page.html"), encoding="ascii", newline=""
    ) as stream:
        before, _, after = stream.read().partition(_PLACE)
    return before, after
