"""The data of a comparison: roots, their differences, and what caused them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.errors import Problems

# Kinds of a changed root; see ``RootChanged``.
CREATED = "created"
CHANGED = "changed"
RETIRED = "retired"
REMOVED = "removed"
MOVED = "moved"
STATE_MOVED = "state-moved"
MODULE = "module"
PROVIDER = "provider"
TEXT = "text"

# Each kind with what it means, in the order in which they are shown.
KINDS = {
    CREATED: "a new root, or one whose job is back",
    RETIRED: "the job is gone: a tombstone, whose apply destroys what the job had made",
    REMOVED: "the folder is gone: pruned",
    STATE_MOVED: "the address of the state changed",
    CHANGED: "inputs, tags, providers, checks, variables or outputs changed",
    MODULE: "only the module that it calls changed",
    PROVIDER: "only constraints or locked versions of providers or Terraform changed",
    MOVED: "the job file or the folder of roots moved, and no resource changed",
    TEXT: "README, comments or formatting only",
}
# What needs no plan: nothing that Terraform reads is another.
WITHOUT_PLAN = frozenset((REMOVED, MOVED, TEXT))


class Cause(NamedTuple):
    """Where in the files that people write a change comes from.

    Attributes:
        file: below the project folder (``../`` where it is outside of that).
        line, column: from 1; in the head, or near to where something was taken away.
        text: what changed there, as a key with its old and new value.
    """

    file: str
    line: int
    column: int
    text: str


class Difference(NamedTuple):
    """One thing that Terraform reads, before and after.

    Attributes:
        part: "tag", "label", "local", "input", "module", "provider", "backend", "terraform",
            "check" (data sources with their conditions), "variable", "output", "block", "file".
        name: within the part: a tag's key, ``memory``, ``environment_variables.LOG_LEVEL``.
        old, new: plain data; None where it is absent; an expression stands as ``${...}``. Both
            are None where the content is not shown, as of a file or a module.
        replaces: what is destroyed and made anew by it, in words; empty where nothing is known to.
    """

    part: str
    name: str
    old: Any
    new: Any
    replaces: str = ""

    @property
    def change(self) -> str:
        """One of "added", "removed", "changed", and "edited" where no values are shown."""
        if self.old is None:
            return "edited" if self.new is None else "added"
        return "removed" if self.new is None else "changed"


@dataclass(slots=True)
class RootChanged:
    """One root that is not as it was.

    Attributes:
        root: its folder below the project folder, in the head; of a removed one in the base.
        kind: one of ``KINDS``.
        tenant, job, environment: its identity, with the region.
        job_file: below the project folder.
        cloud: "aws", "gcp", "azure", or "" where the root does not say.
        backend: the type of its backend, "" where its manifest cannot be read.
        differences: what Terraform reads differently.
        causes: where that comes from.
        notes: sentences that a reviewer has to read.
        manifest: as it stands in the head, or in the base where it is gone there; plain data.
        elsewhere: a sentence, where its resources are made anew under another runtime, or where
            its providers lead.
        moved_from: the folder in the base, where it is another.
        region: what tells it from other roots of a job with several regions; else empty.
    """

    root: str
    kind: str
    tenant: str
    job: str
    environment: str
    job_file: str
    cloud: str = ""
    backend: str = ""
    differences: list[Difference] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    elsewhere: str = ""
    moved_from: str = ""
    region: str = ""

    @property
    def stage(self) -> str:
        """What tells it from others of its job: the environment, with the region if any."""
        return f"{self.environment}-{self.region}" if self.region else self.environment

    @property
    def plan(self) -> bool:
        """Whether it has to be planned."""
        return self.kind not in WITHOUT_PLAN


class Row(NamedTuple):
    """The same change in one or many roots.

    Attributes:
        difference: what changed.
        roots: folders of the roots.
        causes: of all of them.
    """

    difference: Difference
    roots: tuple[str, ...]
    causes: tuple[Cause, ...]


class Highlight(NamedTuple):
    """What a reviewer has to see first: resources are destroyed, or made anew.

    Attributes:
        kind: "rename", "replacement", "retired", "lost" (a folder gone without a tombstone),
            "state-moved".
        text: a sentence without a full stop.
        roots: folders of the roots.
    """

    kind: str
    text: str
    roots: tuple[str, ...]


class End(NamedTuple):
    """One end of a comparison.

    Attributes:
        shown: for people: ``main``, ``the work tree``.
        commit: the commit, or tree, in full; None of the work tree.
    """

    shown: str
    commit: str | None


@dataclass(slots=True)
class Changes:
    """A comparison of two trees.

    Attributes:
        base, head: what was compared.
        roots: those that changed, by kind as in ``KINDS`` and then by folder.
        rows: the same difference in many roots once, that in most roots first.
        highlights: what stands on top.
        unanswered: job files and settings that changed, while no root made from them did.
        hints: sentences about what may be missing, such as roots that are stale.
        problems: what could not be read.
        project: the project folder below the top of the repository, "" where it is that.
    """

    base: End
    head: End
    roots: list[RootChanged] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    project: str = ""

    @property
    def to_plan(self) -> list[RootChanged]:
        """The roots that have to be planned."""
        return [root for root in self.roots if root.plan]
