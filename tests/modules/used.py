"""What the resources of a module say: the paths of their arguments and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator.terraform_text.blocks import Body, body_of, text_of
from scripts.pages import MODULES


@cache
def used(module: str) -> dict[str, frozenset[str]]:
    """Resource type to the dotted paths that the module gives, in any of its resources.

    A module that it calls by ``../NAME`` counts as its own.

    Args:
        module: name of its folder.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(Path(MODULES, module).glob("*.tf")):
        body = body_of(text_of(path.read_bytes()))
        for block in body.of("resource"):
            found.setdefault(block.labels[0], set()).update(_paths(block.body(), ""))
        for call in body.of("module"):
            source = call.body().arguments["source"].text.strip('"')
            for kind, paths in used(source.removeprefix("../")).items():
                found.setdefault(kind, set()).update(paths)
    return {kind: frozenset(paths) for kind, paths in found.items()}


def _paths(body: Body, prefix: str) -> Iterator[str]:
    yield from (prefix + name for name in body.arguments)
    for block in body.blocks:
        if block.type == "dynamic":
            name = prefix + block.labels[0]
            (content,) = block.body().of("content")
            inner = content.body()
        else:
            name, inner = prefix + block.type, block.body()
        yield name
        yield from _paths(inner, f"{name}.")
