"""The share of a run that one process holds: it builds, compares, and writes when told to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.errors import Problem
from generator.files.stamps import TICK, digest, digest_of
from generator.modules.catalogue import open_catalogue
from generator.pipeline import Built, build

if TYPE_CHECKING:
    from generator.job.project import Project
    from generator.plan.collisions import Claim
    from generator.tree.compare import Comparison
    from generator.tree.settle import OnChange


@dataclass(slots=True)
class Summary:
    """What other processes need to know of a share; small, since it may cross a pipe.

    Attributes:
        claims: what its roots claim.
        problems: errors and warnings.
        files: job files read.
        without_root: job files without an ``infrastructure`` block.
        statuses: root folder to created, changed, unchanged, retired or removed.
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
        self.statuses.update(other.statuses)
        self.changes.update(other.changes)
        self.inputs.update(other.inputs)
        self.learnt.update(other.learnt)


class Share:
    """Some job files of a project and what became of them."""

    def __init__(
        self,
        project: Project,
        *,
        force: bool = False,
        migrate: bool = False,
        on_change: OnChange = "stop",
    ) -> None:
        """Args: see ``generator.tree.compare.compare`` for force, migrate and on_change."""
        self._project, self._force, self._migrate = project, force, migrate
        self._on_change: OnChange = on_change
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
        """Take roots that have no job file: tombstones, and with no files what is to vanish."""
        self._built.roots.update(roots)

    def compare(self) -> Summary:
        """Compare the roots with the disk."""
        from generator.tree.compare import compare
        from generator.tree.status import UNCHANGED

        self._comparison = compare(
            self._project.folder,
            self._project.settings.output,
            self._built.roots,
            force=self._force,
            migrate=self._migrate,
            on_change=self._on_change,
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

        write(self._compared())

    def stamps(self) -> dict[str, dict[str, str]]:
        """Root folder to file name to what tells later whether it is still the same.

        A file that was touched just now could be touched again within the same tick of the
        file system's clock; of such a file the digest tells, after an equals sign.
        """
        young = time.time_ns() - TICK
        found: dict[str, dict[str, str]] = {}
        for change in self._compared().roots:
            files = change.texts
            if files:
                found[change.folder] = {
                    name: (
                        stamp
                        if int(stamp.split(" ")[2]) < young
                        else "=" + self._digest(change.folder, name, files)
                    )
                    for name, stamp in change.stamps.items()
                }
        return found

    def _digest(self, folder: str, name: str, files: Mapping[str, str]) -> str:
        """The digest of a file of a root, or of the user's beside it."""
        if name in files:
            return digest_of(files[name].encode())
        output = self._project.settings.output
        return digest(f"{self._project.folder}/{output}/{folder}/{name}", follow=False)

    def _compared(self) -> Comparison:
        if self._comparison is None:
            raise RuntimeError("nothing was compared yet")
        return self._comparison
