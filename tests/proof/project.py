"""A project of random jobs that the generator takes: drawn, repaired, written, generated."""

from __future__ import annotations

import copy
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from generator import api
from generator.dialects import to_canonical
from generator.errors import KeyPath, Problem
from tests.proof.draw import OWN_KEYS, SHIPPED, Document, draw
from tests.proof.fields import Key
from tests.proof.older import older
from tests.proof.settings import OWN_MODULE, assets, settings
from tests.terraform.projects import copy_modules

REPAIRS = 8  # how often what is refused is taken out of a job before it is drawn anew
DRAWS = 6
SIZE = len(SHIPPED) + 1  # jobs in a project: one of each runtime, one with a module of its own


@dataclass
class Drawn:
    """One job.

    Attributes:
        file: below the project.
        runtime: cloud, and type of the runtime.
        document: as it stands in the file.
        dialect: that the package tells of it.
    """

    file: str
    runtime: Key
    document: Document
    dialect: str = "canonical"

    def write(self, project: Path) -> None:
        """Write the job file."""
        _dump(project / self.file, self.document)


@dataclass
class Batch:
    """Some jobs in a project.

    Attributes:
        folder: the project.
        jobs: the jobs that have a root.
        refusals: what the generator refused, with "~" for what is quoted, and how often.
        samples: one whole sentence for each of them.
    """

    folder: Path
    jobs: list[Drawn] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)

    def refused(self, problem: Problem) -> None:
        """Count a refusal."""
        pieces = problem.message.split('"')
        said = "~".join(pieces[::2]).split(", not ")[0]
        self.refusals[said] += 1
        self.samples.setdefault(said, problem.message)


def make(folder: Path, seed: str, numbers: Iterable[int]) -> Batch:
    """Draw the settings and the jobs of a project, and write its roots.

    Args:
        folder: of the project; empty.
        seed: decides all.
        numbers: of the cases: one job each.
    """
    batch = Batch(folder)
    rng = Random(f"{seed}/settings")
    _dump(folder / "dativo.yaml", settings(rng))
    for path, asset in assets(rng).items():
        _dump(folder / path, asset)
    for path, text in OWN_MODULE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    copy_modules(folder)
    wrong = [one.message for one in api.validate(folder) if one.severity == "error"]
    assert not wrong, f"the settings of {seed}: {wrong}"
    for number in numbers:
        job = _accepted(batch, Random(f"{seed}/{number}"), f"jobs/case-{number}.yaml", number)
        if job is not None:
            batch.jobs.append(job)
    _generate(batch)
    return batch


def _accepted(batch: Batch, rng: Random, file: str, number: int) -> Drawn | None:
    """A job that the generator takes; the runtimes go round, so that each has its share."""
    around, place = divmod(number, SIZE)
    runtime = SHIPPED[place] if place < len(SHIPPED) else OWN_KEYS[around % len(OWN_KEYS)]
    for _ in range(DRAWS):
        document = draw(rng, runtime)
        if batch.jobs and rng.random() < 0.15:
            _need(rng, document, rng.choice(batch.jobs))
        if rng.random() < 0.6:
            document, _used = older(rng, document)
        job = Drawn(file, runtime, document)
        if repaired(batch, job):
            job.dialect = to_canonical(job.document, file).dialect
            return job
    (batch.folder / file).unlink()
    return None


def _need(rng: Random, document: Document, other: Drawn) -> None:
    """Let the job wait for another one of the same tenant and environment."""
    keys = ("tenant_id", "environment")
    if (
        "environment" not in other.document
        or "name" in other.document
        or "environment" not in document
    ):
        return
    document |= {key: other.document[key] for key in keys}
    name = Path(other.file).stem
    document["needs"] = [name]
    if rng.random() < 0.6:
        runtime = document["infrastructure"]["runtime"]
        runtime.setdefault("environment", {})["NEEDED"] = f"{{{{jobs.{name}.outputs.id}}}}"


def repaired(batch: Batch, job: Drawn) -> bool:
    """Whether the job is taken, once what is refused is out of it."""
    # What is drawn shares its parts with the tables that it comes from, and those stay.
    job.document = copy.deepcopy(job.document)
    for _ in range(REPAIRS):
        job.write(batch.folder)
        found = api.validate(batch.folder, [os.fspath(batch.folder / job.file)])
        errors = [problem for problem in found if problem.severity == "error"]
        if not errors:
            return True
        taken = False
        for problem in errors:
            batch.refused(problem)
            where = problem.location
            taken |= (
                where is not None and where.file == job.file and _take(job.document, where.path)
            )
        if not taken:
            return False
    return False


def _take(document: Document, path: KeyPath) -> bool:
    """Take out what stands at a path; whether that left a job."""
    holder: Any = document
    for key in path[:-1]:
        try:
            holder = holder[key]
        except (KeyError, IndexError, TypeError):
            return False
    try:
        del holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return "infrastructure" in document


def _generate(batch: Batch) -> None:
    """Write the roots of all jobs; one that another job excludes goes."""
    for _ in range(REPAIRS):
        result = api.generate(batch.folder)
        errors = [problem for problem in result.problems if problem.severity == "error"]
        if not errors:
            return
        for problem in errors:
            batch.refused(problem)
        files = {problem.location.file for problem in errors if problem.location}
        gone = [job for job in batch.jobs if job.file in files] or batch.jobs[-1:]
        for job in gone:
            batch.jobs.remove(job)
            (batch.folder / job.file).unlink()
    raise AssertionError(f"nothing can be generated: {errors}")


def roots(batch: Batch, job: Drawn) -> list[Path]:
    """The roots of a job."""
    manifests = sorted(batch.folder.glob("generated/*/*/*/.dativo.json"))
    held = {path.parent: json.loads(path.read_text("utf-8"))["job"] for path in manifests}
    return [root for root, file in held.items() if file == job.file]


def _dump(path: Path, document: Document) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
