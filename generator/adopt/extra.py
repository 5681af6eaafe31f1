"""A file of the user's for the new root: what no job can say, and what keeps addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.adopt.root import Further, Root

FILE = "adopted_extra.tf"
# What the new root has no such thing of, or another one.
_FOREIGN = re.compile(r"(?<![\w.-])(?:var|local)\.")


def extra(theirs: Root, folder: str, made: frozenset[str]) -> str:
    """The text of the file; empty where nothing needs it.

    Args:
        theirs: the hand-written root.
        folder: where it is, for a comment.
        made: the outputs that the generated root has.
    """
    blocks = []
    if theirs.imports:
        blocks += theirs.imports
    elif theirs.call != "job":
        blocks.append(f"moved {{\n  from = module.{theirs.call}\n  to   = module.job\n}}\n")
    blocks += _outputs(theirs, made)
    blocks += [
        f"{one.header} {{\n{renamed(one.text, theirs)}\n}}\n"
        for one in theirs.further
        if is_movable(one) and not is_idle(one, theirs)
    ]
    if not blocks:
        return ""
    return f"# Adopted from {folder}: what no job can say. This file is yours.\n\n" + "\n".join(
        blocks
    )


def _outputs(theirs: Root, made: frozenset[str]) -> Iterator[str]:
    for name, output in theirs.outputs.items():
        value = renamed(str(output.value), theirs)
        if (name in made and value == f"module.job.{name}") or _FOREIGN.search(value):
            continue
        if name not in made:
            yield f'output "{name}" {{\n  value = {value}\n}}\n'


def renamed(text: str, theirs: Root) -> str:
    """A text in which the module call has the name that it has in roots of dativo."""
    return re.sub(rf"(?<![\w.-])module\.{re.escape(theirs.call)}(?![\w-])", "module.job", text)


def is_movable(one: Further) -> bool:
    """Whether a block means the same in the new root: it refers to no variable or local value."""
    return bool(one.header) and _FOREIGN.search(one.text) is None


def is_idle(one: Further, theirs: Root) -> bool:
    """A data source that nothing refers to: it makes nothing, and nobody reads it."""
    kind, *labels = one.what.replace('"', "").split()
    if kind != "data" or len(labels) != 2:
        return False
    address = f"data.{labels[0]}.{labels[1]}"
    texts = [other.text for other in theirs.further if not other.what.startswith("data ")]
    texts += [str(output.value) for output in theirs.outputs.values()]
    texts += [repr(written.value) for written in theirs.arguments.values()]
    texts += [repr(written.value) for written in theirs.providers.values()]
    return not any(re.search(rf"{re.escape(address)}(?![\w-])", text) for text in texts)
