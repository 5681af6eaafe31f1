"""The share of a run that one process holds: it builds, compares, and writes when told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.cache import open_catalogue
from generator.errors import Problem
from generator.pipeline import Built, build

if TYPE_CHECKING:
    from generator.plan.collisions import Claim
    from generator.project import Project
    from generator.tree.compare import Comparison


@dataclass(slots=True)
class Summary:
    """What other processes need to know of a share; small, since it may cross a pipe.

    Attributes:
        claims: what its roots claim.
        problems: errors and warnings.
        files: job files read.
        without_root: job files without an ``infrastructure`` block.
        statuses: root folder to created, changed, unchanged or retired.
        changes: root folder to the files that differ, for ``check``.
        inputs: job file to what it was made from and its root folders.
        learnt: interfaces of modules that were parsed.
    """

    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    without_root: list[str] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    inputs: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    learnt: dict[str, Any] = field(default_factory=dict)

    def add(self, other: Summary) -> None:
        """Take in another share's summary."""
        self.claims += other.claims
        self.problems += other.problems
        self.files += other.files
        self.without_root += other.without_root
        for mine, theirs in (
            (self.statuses, other.statuses),
            (self.changes, other.changes),
            (self.inputs, other.inputs),
            (self.learnt, other.learnt),
        ):
            mine.update(theirs)  # type: ignore[attr-defined]


class Share:
    """Some job files of a project and what became of them."""

    def __init__(self, project: Project, *, force: bool = False, migrate: bool = False) -> None:
        """Args: see ``generator.tree.compare.compare`` for force and migrate."""
        self._project, self._force, self._migrate = project, force, migrate
        self._catalogue = open_catalogue(project)
        self._built = Built()
        self._comparison: Comparison | None = None

    def build(self, files: Sequence[str], done: Callable[[str], None] | None = None) -> Summary:
        """Build the roots of some job files; nothing is compared yet."""
        self._built = build(self._project, files, self._catalogue, done or (lambda file: None))
        return Summary(
            claims=self._built.claims,
            problems=self._built.problems,
            files=self._built.files,
            without_root=self._built.without_root,
            inputs=self._built.inputs,
            learnt=self._catalogue.learnt,
        )

    def add(self, roots: dict[str, dict[str, str]]) -> None:
        """Take roots that have no job file: tombstones."""
        self._built.roots.update(roots)

    def compare(self) -> Summary:
        """Compare the roots with the disk."""
        from generator.tree.compare import UNCHANGED, compare

        self._comparison = compare(
            self._project.folder,
            self._project.settings.output,
            self._built.roots,
            force=self._force,
            migrate=self._migrate,
        )
        return Summary(
            problems=self._comparison.problems,
            statuses={change.folder: change.status for change in self._comparison.roots},
            changes={
                change.folder: [*change.writes, *change.removals]
                for change in self._comparison.roots
                if change.status != UNCHANGED
            },
        )

    def write(self) -> None:
        """Write what differs."""
        from generator.tree.write import write

        assert self._comparison is not None
        write(self._comparison)

    def root_files(self) -> dict[str, list[str]]:
        """Root folder to the names of its files."""
        return {folder: list(files) for folder, files in self._built.roots.items()}
