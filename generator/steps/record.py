"""What is kept of a plan between the jobs of a pipeline: a small file that holds no values."""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.steps import kept
from generator.steps.digest import Planned

_ENDING = ".plan.json"
_VERSION = 1


class Record(NamedTuple):
    """What became of the plan of one root.

    Attributes:
        root: its folder below the repository, with forward slashes.
        digest: of the plan, see ``digest``; empty where there is none.
        counts: resources to add, to change and to destroy.
        changes: address and actions of each resource that changes.
        outputs: names of the outputs that change.
        error: the first line of what Terraform said; empty where it planned.
        retired: its job is gone.
    """

    root: str
    digest: str = ""
    counts: tuple[int, int, int] = (0, 0, 0)
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outputs: tuple[str, ...] = ()
    error: str = ""
    retired: bool = False

    @property
    def empty(self) -> bool:
        """Whether the plan does nothing."""
        return not (self.error or self.changes or self.outputs)

    def said(self) -> str:
        """The plan in one line."""
        if self.error:
            return "could not be planned"
        if not self.changes:
            return "only outputs change" if self.outputs else "no changes"
        return "{} to add, {} to change, {} to destroy".format(*self.counts)


def record_of(root: str, found: Planned, retired: bool = False) -> Record:
    """The record of a plan."""
    changes = tuple((one.address, one.actions) for one in found.changes)
    return Record(root, found.digest, found.counts, changes, found.outputs, "", retired)


def write(folder: str, record: Record) -> None:
    """Write a record into a folder, which is made.

    Raises:
        UsageError: it cannot be written.
    """
    kept.write(folder, record.root, _ENDING, {"version": _VERSION, **record._asdict()})


def read_all(folder: str) -> list[Record]:
    """The records below a folder, by root; none where there is no folder.

    Raises:
        UsageError: one cannot be read.
    """
    refusal = "is no record of a plan that this dativo wrote"
    return sorted(kept.read_all(folder, _ENDING, _record, refusal))


def _record(data: dict[str, Any]) -> Record:
    if data.pop("version") != _VERSION:
        raise ValueError
    changes = tuple((str(one), tuple(actions)) for one, actions in data.pop("changes"))
    added, changed, gone = data.pop("counts")
    outputs = tuple(data.pop("outputs"))
    return Record(**data, counts=(added, changed, gone), changes=changes, outputs=outputs)
