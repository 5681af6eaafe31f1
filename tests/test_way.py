"""The way of the data is one way: a stage imports only stages before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"

# The stages in the order in which the data passes them. `job` is everything from a file's plain
# data to a valid job: older spellings, the project that the file stands in, the models.
STAGES = (
    ("job_file", "job_file_positions"),
    ("project", "dialects", "job"),
    ("tags",),
    ("modules",),
    ("plan",),
    ("render",),
    ("tree",),
)
RANK = {room: rank for rank, rooms in enumerate(STAGES) for room in rooms}
# Tools that every stage may use; they use no stage.
TOOLS = frozenset(
    ("errors", "expression", "folders", "hints", "own_process", "patterns", "shipped", "stamps")
    + ("terraform_files", "terraform_text", "workers")
)
# Whether a key of a dialect is a known tag is asked of the table of tags itself.
EXCEPTIONS = frozenset((("dialects", "tags"),))


def _imports() -> Iterator[tuple[str, str, str]]:
    """Every import inside the package, wherever in a file: file, its room, the imported room."""
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module == "generator":
                names = [f"generator.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                if name.startswith("generator."):
                    yield str(path.relative_to(PACKAGE)), room, name.split(".")[1]


@pytest.mark.parametrize("room", sorted(RANK))
def test_stages_import_only_what_is_before_them(room: str) -> None:
    """job_file, job, tags, modules, plan, render, tree: an import only points back."""
    forward = [
        (file, to)
        for file, source, to in _imports()
        if source == room and RANK.get(to, -1) > RANK[room] and (source, to) not in EXCEPTIONS
    ]
    assert forward == []


def test_stages_know_no_command() -> None:
    """A stage uses stages and tools; what orchestrates, prints or exits uses the stages."""
    known = RANK.keys() | TOOLS | {"__version__"}
    others = [(file, to) for file, source, to in _imports() if source in RANK and to not in known]
    assert others == []


def test_tools_use_no_stage() -> None:
    """A tool can be used by any stage, since it uses none."""
    assert [(f, to) for f, source, to in _imports() if source in TOOLS and to in RANK] == []
