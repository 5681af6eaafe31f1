"""The house has rooms, and the way through them is one way: computed from the disk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"
# The way of the data; what stands before it, serves it, or comes after it is computed.
WAY = ("yaml", "dialects", "job", "tags", "plan", "render", "tree")
REHEARSAL_MAY_IMPORT = {
    "generator.files.regular",
    "generator.errors",
    "generator.modules.types",
    "generator.version",
}


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(module: str) -> str:
    """A folder of the package, or a loose file at its top; the package itself is "generator"."""
    return module.split(".")[1] if "." in module else module


@cache
def _imports() -> tuple[tuple[str, str], ...]:
    """Every import of ours: the importing module, the imported one; wherever in a file."""
    modules = {_module(path): path for path in PACKAGE.rglob("*.py")}

    def found() -> Iterator[tuple[str, str]]:
        for module, path in modules.items():
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module:
                    whole = [f"{node.module}.{alias.name}" for alias in node.names]
                    names = [name if name in modules else node.module for name in whole]
                else:
                    continue
                yield from ((module, name) for name in names if name in modules)

    return tuple(sorted(set(found())))


def _rooms() -> dict[str, set[str]]:
    """Each room to those that it imports from."""
    rooms: dict[str, set[str]] = {}
    for source, to in _imports():
        if _room(source) != _room(to):
            rooms.setdefault(_room(source), set()).add(_room(to))
    return rooms


def _reached(room: str) -> set[str]:
    """The rooms that a room needs, directly or by way of others."""
    rooms, found, ahead = _rooms(), set[str](), [room]
    while ahead:
        for other in rooms.get(ahead.pop(), ()):
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found


def test_no_circles() -> None:
    """No room needs one that needs it: also not for types, and not inside a function."""
    try:
        TopologicalSorter(_rooms()).prepare()
    except CycleError as error:
        pytest.fail(f"rooms in a circle: {error.args[1]}")


def test_no_circles_of_files() -> None:
    """No file needs one that needs it."""
    files: dict[str, set[str]] = {}
    for source, to in _imports():
        if source not in (to, PACKAGE.name):  # the package hands on what the API has
            files.setdefault(source, set()).add(to)
    try:
        TopologicalSorter(files).prepare()
    except CycleError as error:
        pytest.fail(f"files in a circle: {error.args[1]}")


@pytest.mark.parametrize("index", range(len(WAY)), ids=WAY)
def test_the_way_is_one_way(index: int) -> None:
    """yaml, dialects, job, tags, plan, render, tree: an import only points back."""
    assert _reached(WAY[index]) & {*WAY[index + 1 :]} == set()


def test_rehearsal_is_a_house_of_its_own() -> None:
    """It needs errors, texts, Terraform's too, and types; only its command asks for it."""
    needed = {to for source, to in _imports() if _room(source) == "rehearsal"}
    near = ("rehearsal", "text", "terraform_text")
    foreign = {name for name in needed if _room(name) not in near}
    assert foreign <= REHEARSAL_MAY_IMPORT
    users = {source for source, to in _imports() if _room(to) == "rehearsal"}
    assert {user for user in users if _room(user) != "rehearsal"} == {
        "generator.commands.rehearsals",
        "generator.commands.rehearsed_needs",
        "generator.commands.rehearse",
    }


def test_few_things_lie_about() -> None:
    """What is in no room is a door, the family of errors, or the way itself."""
    loose = {path.name for path in PACKAGE.glob("*.py")}
    assert len(loose) <= 8, sorted(loose)


def test_rooms_say_what_they_are_for() -> None:
    """Each room's docstring says what lives there, and what may not."""
    rooms = [path.parent for path in PACKAGE.rglob("__init__.py")]
    silent = [
        str(room.relative_to(PACKAGE))
        for room in rooms
        if len((ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or "").split())
        < 12
    ]
    assert silent == []
