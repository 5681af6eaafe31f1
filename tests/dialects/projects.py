"""A project with the example files of every dialect, and what comes of one of them."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator.dialects import Translation, to_canonical
from generator.errors import InputError
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project, open_project
from generator.modules.catalogue import Catalogue
from generator.pipeline import Built, build
from generator.report.located import Located, locate
from generator.yaml.load import load_yaml
from generator.yaml.positions import Positions

TOP = Path(__file__).parent.parent.parent
CASES = Path(__file__).parent / "cases"
FILES = sorted(
    path.relative_to(CASES).as_posix()
    for path in CASES.rglob("*.yaml")
    if len(path.relative_to(CASES).parts) == 2
)


def make(folder: Path) -> Path:
    """Copy the cases and the shipped modules; returns the project folder."""
    project = folder / "project"
    shutil.copytree(CASES, project)
    for module in (TOP / "modules").iterdir():
        if module.is_dir():
            (project / "modules" / module.name).mkdir(parents=True)
            for file in module.glob("*.tf"):
                shutil.copyfile(file, project / "modules" / module.name / file.name)
    return project


class Outcome:
    """What came of one job file.

    Attributes:
        built: roots, and job files without one.
        errors: each error as "line: message".
        warnings: likewise.
    """

    def __init__(self, folder: Path, file: str) -> None:
        """Args: folder: the project; file: the job file below it."""
        self.built: Built = build(open_project(str(folder)), [file], Catalogue(None))
        found = locate(self.built.problems, str(folder))
        self.errors = [_told(one) for one in found if one.problem.severity == "error"]
        self.warnings = [_told(one) for one in found if one.problem.severity == "warning"]


def _told(located: Located) -> str:
    return f"{located.line}: {located.problem.message}"


def outcome(folder: Path, text: str, name: str = "one/job.yaml") -> Outcome:
    """What comes of a job file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    return Outcome(folder, name)


def jobs(folder: Path, text: str, name: str = "one/job.yaml") -> list[LoadedJob]:
    """The jobs of a file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    project: Project = open_project(str(folder))
    return load(project, name)[0]


def translated(text: str) -> Translation:
    """A job file's text in the canonical form."""
    return to_canonical(load_yaml(text.encode(), "job.yaml"), "job.yaml")


def block(infrastructure: str, more: str = "") -> dict[str, Any]:
    """The canonical block of a job with this one."""
    canonical: dict[str, Any] = translated(job(infrastructure, more)).document["infrastructure"]
    return canonical


def job(infrastructure: str, more: str = "") -> str:
    """A job file with this block, which starts in line 4."""
    text = textwrap.indent(textwrap.dedent(infrastructure), "  ")
    return f"tenant_id: acme\nenvironment: prod\ninfrastructure:\n{text}\n{more}"


def refused(text: str) -> list[str]:
    """What is wrong with a job file's text: "line: message | hint", in order of lines."""
    with pytest.raises(InputError) as caught:
        translated(text)
    positions = Positions(text)
    told = []
    for problem in caught.value.problems:
        assert problem.location is not None
        if problem.severity == "error":
            line, _ = positions.find(problem.location.path, problem.location.on_key)
            told.append((line, f"{line}: {problem.message} | {problem.hint}"))
    return [message for _, message in sorted(told)]
