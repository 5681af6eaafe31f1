"""A project folder with an output folder, driven through compare and write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.plan.origin import Told
from generator.plan.root_plan import Argument, Backend, ModuleCall, RootPlan
from generator.render.render import render
from generator.tree.change import Comparison
from generator.tree.compare import compare
from generator.tree.scan import scan
from generator.tree.write import write
from tests.render.plans import plan

OUTPUT = "generated"
FOLDER = "acme/stripe-customers/prod"


class Tree:
    """A project below a temporary folder."""

    def __init__(self, project: Path) -> None:
        self.project = project
        project.mkdir()
        self.root = self.path(FOLDER)

    def path(self, *parts: str) -> Path:
        """A path below the output folder."""
        return self.project.joinpath(OUTPUT, *parts)

    def compare(self, wanted: Mapping[str, Mapping[str, str]], **options: Any) -> Comparison:
        """Compare only."""
        return compare(str(self.project), OUTPUT, wanted, **options)

    def generate(self, wanted: Mapping[str, Mapping[str, str]], **options: Any) -> dict[str, str]:
        """Compare and write; the status of each root."""
        comparison = self.compare(wanted, **options)
        write(comparison, comparison.changes)
        return {change.folder: change.status for change in comparison.roots}

    def codes(self, wanted: Mapping[str, Mapping[str, str]], **options: Any) -> list[str]:
        """The problems that stand in the way."""
        return [problem.code for problem in self.compare(wanted, **options).problems]

    def scan(self) -> Any:
        """The manifests on disk, and what is wrong with others."""
        return scan(str(self.project), OUTPUT)

    def content(self) -> dict[str, bytes | None]:
        """Every file and folder of the project."""
        return {
            str(path.relative_to(self.project)): path.read_bytes() if path.is_file() else None
            for path in self.project.rglob("*")
        }


def job(text: str = "a", **changes: Any) -> RootPlan:
    """A root whose main.tf holds a text."""
    module = ModuleCall("../../../../modules/x", None, (Argument("x", text, Told("s")),))
    return plan(**({"module": module} | changes))


def wanted(text: str = "a", **changes: Any) -> dict[str, dict[str, str]]:
    """One root, as ``compare`` takes it."""
    planned = job(text, **changes)
    return {planned.folder: render(planned)}


def other(name: str, address: str | None = None) -> dict[str, dict[str, str]]:
    """A root of another job, with its own state unless told."""
    state = address or f"s3://acme-state/{name}"
    backend = Backend("s3", {"bucket": "acme-state", "key": name}, state)
    return wanted(folder=f"acme/{name}/prod", job=name, backend=backend)
