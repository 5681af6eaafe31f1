"""The rows of all roots: every job is loaded, tagged and planned, and nothing is rendered."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.decided.jobs import decided, jobs_of
from generator.errors import Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.files.processes import ENOUGH_TO_FORK, shares, spread
from generator.inventory.facts import Row, row_of
from generator.inventory.gaps import Gap
from generator.inventory.places import Places
from generator.inventory.policy_gaps import is_finding, of_policies
from generator.job.job_files import all_jobs
from generator.job.project import Project
from generator.pipeline import claim, has_no_root
from generator.plan.collisions import Claim, collisions


class _Root(NamedTuple):
    """A root, what it claims, its packed row, and what policies find."""

    address: str
    claim: Claim
    row: bytes
    findings: tuple[Gap, ...]


@dataclass(slots=True)
class Gathered:
    """What all job files came to.

    Attributes:
        rows: of every root that can be planned, by address; each as ``packed`` makes it.
        findings: root to the gaps that the policies of dativo.yaml see in it.
        problems: what is wrong, or worth a warning, in files; no findings of policies.
    """

    rows: dict[str, bytes] = field(default_factory=dict)
    findings: dict[str, tuple[Gap, ...]] = field(default_factory=dict)
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

    A root that is wrong is left out and its problems are told; all others are there. Where two
    jobs claim one root, the first has it.

    Raises:
        InputError: a folder of job files cannot be read.
    """
    files = all_jobs(project)
    found: list[_Root] = []
    gathered = Gathered()
    for roots, problems in spread(
        lambda some: _roots(project, some, files), shares(files, ENOUGH_TO_FORK)
    ):
        found += roots
        gathered.problems += problems
    for root in sorted(found, key=lambda one: one.claim.file):
        if root.address not in gathered.rows:
            gathered.rows[root.address] = root.row
            gathered.findings[root.address] = root.findings
    told = collisions(root.claim for root in found)
    gathered.problems += (problem for problem in told if problem.severity == "error")
    return gathered


def _roots(
    project: Project, files: Sequence[str], every: Sequence[str]
) -> tuple[list[_Root], list[Problem]]:
    """The roots of some job files, of all that there are."""
    places, problems, found = Places(project.folder), Problems(), list[_Root]()
    # A bill has a root and problems like a job, and nothing that runs.
    jobs = (job for job in jobs_of(project, files, problems) if job.file != SETTINGS_FILE)
    for loaded, tags, plan, wrong in decided(project, jobs, every):
        problems += wrong
        if tags is not None and plan is not None and not has_no_root(loaded):
            places.only(loaded.file)
            row = packed(row_of(loaded, tags, plan, places))
            kept = of_policies(project, loaded, tags, plan, places)
            found.append(_Root(plan.folder, claim(plan, loaded), row, tuple(kept)))
    return found, [one for one in problems if not is_finding(one)]
