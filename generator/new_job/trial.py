"""A new job goes the whole way before it is written; what is wrong is told of its options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.errors import KeyPath, Problem
from generator.job.project import Project
from generator.modules.catalogue import open_catalogue
from generator.new_job.fields import FIELDS, Field, field_of
from generator.pipeline import build
from generator.run import Run

_NAMED = re.compile(r'"?\b([a-z_]+(?:\.[a-z_]+)+)\b"?')
# Codes of problems whose sentence names the key, or the tag, that has to be added.
_LACKING = frozenset({"missing-key", "tag-missing", "tag-required"})
_TAG = re.compile(r'\btag "([^"]+)"')


class Fault(NamedTuple):
    """Something wrong with a new job.

    Attributes:
        problem: what, with the option in front.
        field: the option that says otherwise; None where none does.
        missing: the option has to be given.
    """

    problem: Problem
    field: Field | None = None
    missing: bool = False


def tried(project: Project, files: Mapping[str, bytes], job: str) -> tuple[list[Fault], list[str]]:
    """What is wrong with a job file, and the roots that it makes.

    Args:
        project: the repository.
        files: the files that are not written yet, by path below the project folder.
        job: the job's own among them.
    """
    project = with_files(project, files)
    built = build(project, [job], open_catalogue(project))
    return [_fault(problem, files) for problem in built.problems], sorted(built.roots)


def collisions(project: Project, files: Mapping[str, bytes], job: str) -> list[Fault]:
    """What stands in its way among all other jobs and hand-written roots.

    Args:
        project: the repository.
        files: the files that are not written yet.
        job: the job's own among them.
    """
    run = Run(with_files(project, files))
    run.job_files = sorted({*run.job_files, job})
    run.build()
    theirs = re.compile(rf"(?<![\w./-]){re.escape(job)}(?![\w./-])")
    return [
        _fault(problem, files)
        for problem in run.problems
        if (problem.location is not None and problem.location.file == job)
        or theirs.search(problem.message)
    ]


def with_files(project: Project, files: Mapping[str, bytes]) -> Project:
    """The project as it would be with some further files."""
    return replace(project, edited=dict(files), assets={})


def _fault(problem: Problem, files: Mapping[str, bytes]) -> Fault:
    """The problem with its option, and without a place in a file that is not there."""
    field, missing = _field(problem, files)
    location = problem.location
    if location is not None and location.file in files:
        where = field.option if field is not None else _shown(location.path)
        # An option of its own says which key it is.
        message = f"{where}: {problem.message}" if where else problem.message
        problem = problem._replace(message=message, location=None)
    return Fault(problem, field, missing)


def _field(problem: Problem, files: Mapping[str, bytes]) -> tuple[Field | None, bool]:
    if problem.location is None or problem.location.file not in files:
        return None, False
    is_runtime = problem.location.path[-1:] == ("type",)
    lacks = problem.code in _LACKING or (problem.code == "module-source" and is_runtime)
    if lacks:
        found = next(_named(problem), None)
        if found is not None:
            return found, True
    path = problem.location.path
    return field_of(path[2:] if path[:1] == ("environments",) else path), False


def _named(problem: Problem) -> Iterator[Field]:
    """The options of the keys that a sentence names, the first first."""
    by_path = {field.path.removeprefix("infrastructure."): field for field in FIELDS}
    for text in (problem.message, problem.hint):
        for name in _tags(text):
            yield from (f for f in FIELDS if f.keys[-1] == name and f.kind == "text")
        for name in _NAMED.findall(text):
            if name.removeprefix("infrastructure.") in by_path:
                yield by_path[name.removeprefix("infrastructure.")]


def _tags(text: str) -> Iterable[str]:
    return (name.lower().replace("-", "_") for name in _TAG.findall(text))


def _shown(path: KeyPath) -> str:
    return ".".join(map(str, path))
