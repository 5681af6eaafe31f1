"""The committed roots of this repository, and what should be true of them."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.commands.rehearse import generated_roots

REPOSITORY = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"\{\{\s*terraform_outputs\.(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Root:
    """One committed root.

    Attributes:
        folder: where it is.
        called: a name without slashes, for fixtures and scratch folders.
        job: the job file, below the repository.
        tenant: of its manifest.
        name: of its manifest.
        environment: of its manifest.
        runtime: of its manifest, after the providers: "aws ecs_fargate".
    """

    folder: str
    called: str
    job: str
    tenant: str
    name: str
    environment: str
    runtime: str

    def placeholders(self) -> set[str]:
        """The outputs that the job waits for."""
        return set(PLACEHOLDER.findall((REPOSITORY / self.job).read_text(encoding="utf-8")))


@cache
def committed_roots() -> tuple[Root, ...]:
    """Every root below generated/."""
    found = []
    for relative in sorted(generated_roots(os.fspath(REPOSITORY / "generated"))):
        folder = os.path.abspath(relative)
        manifest = json.loads(Path(folder, ".dativo.json").read_text(encoding="utf-8"))
        identity = [manifest[key] for key in ("tenant", "name", "environment")]
        called = "-".join(identity)
        identity.append(" ".join([*sorted(manifest["providers"]), manifest["runtime"]]))
        found.append(Root(folder, called, manifest["job"], *identity))
    return tuple(found)


def python_tags(root: Root) -> dict[str, str]:
    """The tags that the tag engine computes for a root."""
    from generator.job.load import load
    from generator.job.project import open_project
    from generator.tags.merge import build

    project = open_project(os.fspath(REPOSITORY))
    jobs, _ = load(project, root.job)
    folder = os.path.relpath(root.folder, REPOSITORY / "generated").replace(os.sep, "/")
    (loaded,) = [one for one in jobs if one.folder == folder]
    return build(loaded, project.settings.tags).as_map()


def explained_tags(text: str) -> dict[str, str]:
    """The tags in what ``dativo explain --format json`` printed for one root."""
    (explained,) = json.loads(text)["roots"]
    return {tag["key"]: tag["value"] for tag in explained["tags"]}


def outputs_of(shown: dict[str, Any]) -> dict[str, Any]:
    """The outputs in what ``terraform show -json`` printed."""
    return {name: output["value"] for name, output in shown["values"]["outputs"].items()}
