"""templates/project/modules and templates/project/schemas: what a new repository holds.

They are copies and no symbolic links, since git lays none down where it may not (core.symlinks is
false on most Windows machines), and a link would arrive in the new repository as a file of one
line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from scripts.pages import TOP, Files

TARGET = "templates/project"
FOLDERS = ("modules", "schemas")
# Neither is laid down: tests of modules are ours, and a repository keeps its own interfaces.
_APART = frozenset(("tests", ".terraform", "__pycache__"))
_ENDINGS = (".tf", ".md", ".json")


def files() -> Files:
    """The copies, after those that have no original any more."""
    originals = set(_below(TOP)) - {"modules/interfaces.json"}
    for name in FOLDERS:
        if os.path.islink(os.path.join(TOP, TARGET, name)):
            yield f"{TARGET}/{name}", None
    for name in sorted({*_below(os.path.join(TOP, TARGET))} - originals):
        yield f"{TARGET}/{name}", None
    for name in sorted(originals):
        with open(os.path.join(TOP, name), encoding="utf-8", newline="") as file:
            yield f"{TARGET}/{name}", file.read()


def _below(top: str) -> Iterator[str]:
    for folder in FOLDERS:
        for at, folders, names in os.walk(os.path.join(top, folder)):
            folders[:] = sorted(name for name in folders if name not in _APART)
            for name in sorted(names):
                if name.endswith(_ENDINGS) and not name.startswith("."):
                    yield os.path.relpath(os.path.join(at, name), top).replace(os.sep, "/")
