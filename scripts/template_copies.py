"""Write templates/project/modules and templates/project/schemas: what a new repository holds.

They are copies and no symbolic links, since git lays none down where it may not (core.symlinks is
false on most Windows machines), and a link would arrive in the new repository as a file of one
line. Run it after a change to modules/ or schemas/; the tests tell when it was forgotten.

python scripts/template_copies.py           writes
python scripts/template_copies.py --check   exit code 1 when a copy is stale; writes nothing
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(ROOT, "templates", "project")
FOLDERS = ("modules", "schemas")
COMMAND = "python scripts/template_copies.py"
# Neither is laid down: tests of modules are ours, and a repository keeps its own interfaces.
_APART = frozenset(("tests", ".terraform", "__pycache__"))
_ENDINGS = (".tf", ".md", ".json")


def wanted() -> dict[str, bytes]:
    """Path below templates/project to the content of every copy."""
    found = {}
    for name in _files(ROOT):
        if name != os.path.join("modules", "interfaces.json"):
            with open(os.path.join(ROOT, name), "rb") as file:
                found[name] = file.read()
    return found


def _files(top: str) -> Iterator[str]:
    for folder in FOLDERS:
        for at, folders, names in os.walk(os.path.join(top, folder)):
            folders[:] = sorted(name for name in folders if name not in _APART)
            for name in sorted(names):
                if name.endswith(_ENDINGS) and not name.startswith("."):
                    yield os.path.relpath(os.path.join(at, name), top)


def stale(copies: dict[str, bytes]) -> list[str]:
    """The copies that are missing, differ, or have no original any more."""
    differing = set(_files(TARGET)) - copies.keys()
    for name, content in copies.items():
        path = os.path.join(TARGET, name)
        if not os.path.isfile(path):
            differing.add(name)
            continue
        with open(path, "rb") as file:
            if file.read() != content:
                differing.add(name)
    links = [name for name in FOLDERS if os.path.islink(os.path.join(TARGET, name))]
    return sorted([*differing, *links])


def main(arguments: list[str]) -> int:
    """Write the copies, or with --check tell whether they are fresh."""
    copies = wanted()
    differing = stale(copies)
    if differing and "--check" in arguments:
        shown = ", ".join(differing[:5])
        print(f"copies in templates/project are stale ({shown}), run: {COMMAND}", file=sys.stderr)
        return 1
    if not differing:
        return 0
    for folder in FOLDERS:
        path = os.path.join(TARGET, folder)
        if os.path.islink(path):
            os.unlink(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    for name, content in copies.items():
        os.makedirs(os.path.dirname(os.path.join(TARGET, name)), exist_ok=True)
        with open(os.path.join(TARGET, name), "wb") as file:
            file.write(content)
    print("wrote copies of modules and schemas to templates/project")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
