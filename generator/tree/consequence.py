"""What an apply of a root that goes destroys, for people: counted in its state or its module."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator

from generator.files.paths import read_file
from generator.files.regular import read as read_regular
from generator.render.manifest import Manifest
from generator.text.patterns import lazy
from generator.tree.state_file import local_state, resources_in

# terraform fmt has been over what is read here: generated roots, and modules as they are shipped.
_SOURCE = lazy(r'^module "[^"]*" \{\n(?:  .*\n|\n)*?  source\s*= "([^"]*)"$', re.MULTILINE)
_RESOURCE = lazy(r'^resource\s+"[^"]+"\s+"[^"]+"', re.MULTILINE)
# Where terraform init leaves a copy of a module that is not local.
_INITIALISED = ".terraform/modules/job"


def consequence(top: str, root: Manifest) -> str:
    """A sentence about what goes with a root.

    Args:
        top: the absolute output folder.
        root: the root, still as it was.
    """
    path = f"{top}/{root.folder}"
    state = local_state(path, root)
    count = None if state is None else resources_in(state)
    if count is not None:
        return f"its next apply destroys {_counted(count)} that its state has"
    source, declared = _declared(path)
    if not declared:
        return "its next apply destroys what it made"
    return (
        f"its next apply destroys what it made, and {posixpath.basename(source)}, its module, "
        f"declares {_counted(declared)}"
    )


def _counted(number: int) -> str:
    return f"{number} resource{'' if number == 1 else 's'}"


def _declared(root: str) -> tuple[str, int]:
    """The source of a root's module, and how many resources it declares; 0 where nobody knows."""
    try:
        main = read_file(f"{root}/main.tf") or b""
    except OSError:  # comparing the root reports why
        return "", 0
    found = _SOURCE.search(main.decode("utf-8", "replace"))
    if found is None:
        return "", 0
    source = found[1]
    local = source.startswith(("./", "../"))
    folder = os.path.normpath(f"{root}/{source if local else _INITIALISED}")
    return source.partition("?")[0], sum(_in_module(folder, set()))


def _in_module(folder: str, seen: set[str]) -> Iterator[int]:
    """The resources of each file of a module, and of the local modules that it calls."""
    if folder in seen:
        return
    seen.add(folder)
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".tf"))
    except OSError:
        return
    for name in names:
        try:
            text = read_regular(f"{folder}/{name}")[0].decode(errors="replace")
        except OSError:
            continue
        yield len(_RESOURCE.findall(text))
        for source in _SOURCE.findall(text):
            if source.startswith(("./", "../")):
                yield from _in_module(os.path.normpath(f"{folder}/{source}"), seen)
