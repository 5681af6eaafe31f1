"""The rows of all roots: every job is loaded, tagged and planned, and nothing is rendered."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.errors import InputError, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.files.processes import shares, spread
from generator.inventory.facts import Row, row_of
from generator.inventory.places import Places
from generator.job.job_files import all_jobs, check_name
from generator.job.load import load
from generator.job.project import Project
from generator.modules.catalogue import open_catalogue
from generator.pipeline import decide, has_no_root

# Below this a further process costs more than it saves.
ENOUGH_TO_FORK = 75


@dataclass(slots=True)
class Gathered:
    """What all job files came to.

    Attributes:
        rows: of every root that can be planned, by address; each as ``packed`` makes it.
        problems: what is wrong, or worth a warning, in files.
    """

    rows: dict[str, bytes] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def each(self, addresses: Iterable[str]) -> Iterator[Row]:
        """The rows of some roots, one at a time."""
        for address in addresses:
            yield unpacked(self.rows[address])


def packed(row: Row) -> bytes:
    """A row in a twentieth of its room, since ten thousand of them are there at once."""
    return zlib.compress(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> Row:
    """The row that ``packed`` was given."""
    row: dict[str, Any] = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return row


def gather(project: Project) -> Gathered:
    """Plan every root of a project.

    A root that is wrong is left out and its problems are told; all others are there.

    Raises:
        InputError: a folder of job files cannot be read.
    """
    gathered = Gathered()
    parts = shares(all_jobs(project), ENOUGH_TO_FORK)
    for rows, problems in spread(lambda files: _rows(project, files), parts):
        gathered.rows |= rows
        gathered.problems += problems
    return gathered


def _rows(project: Project, files: Sequence[str]) -> tuple[dict[str, bytes], list[Problem]]:
    catalogue = open_catalogue(project)
    places = Places(project.folder)
    rows: dict[str, bytes] = {}
    problems = Problems()
    for file in files:
        places.next_file()
        try:
            check_name(file)
            jobs, warnings = load(project, file)
        except InputError as error:
            problems += error.problems
            continue
        problems += warnings
        # A bill has a root and problems like a job, and nothing that runs.
        for loaded in jobs if file != SETTINGS_FILE else ():
            tags, plan = decide(project, loaded, catalogue, problems)
            if tags is not None and plan is not None and not has_no_root(loaded):
                rows[plan.folder] = packed(row_of(loaded, tags, plan, places))
    return rows, problems
