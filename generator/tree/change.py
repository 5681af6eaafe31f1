"""What happens to roots on disk, as a comparison finds it and the writer does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.errors import Problems

# What can happen to a root.
CREATED = "created"
CHANGED = "changed"
UNCHANGED = "unchanged"
# Its job is gone: a tombstone, so that a plain apply destroys what it made.
RETIRED = "retired"
# Its job is gone and its state belongs to another root now.
REMOVED = "removed"


@dataclass(slots=True)
class RootChange:
    """What happens to one root.

    Attributes:
        folder: below the output folder.
        status: one of the five above.
        differing: the names of the files that are to be written, the manifest last.
        removals: generated files that are no longer wanted, and what a run cut short left.
        stamps: file name to the stamp of what was read, and once written, of that.
        seen: file name to the stamp of what is to be removed.
        exact: once written, it holds just ``texts``, to the last byte.
        texts: file name to what it is to hold, which is not what the job asks for while the root
            is on its way from one runtime to another.
    """

    folder: str
    status: str
    differing: list[str] = field(default_factory=list)
    removals: list[str] = field(default_factory=list)
    stamps: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False

    @property
    def writes(self) -> dict[str, bytes]:
        """File name to new content, the manifest last; not held for all roots at once."""
        return {name: self.texts[name].encode() for name in self.differing}


@dataclass(slots=True)
class Comparison:
    """Wanted roots against the disk.

    Attributes:
        project: the project folder.
        top: the absolute output folder.
        output: the same below the project folder.
        roots: one for each wanted root, in order.
        problems: what stands in the way; nothing may be written while there is an error.
    """

    project: str
    top: str
    output: str
    roots: list[RootChange] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    @property
    def changes(self) -> list[RootChange]:
        """The roots that are not as the disk has them."""
        return [root for root in self.roots if root.status != UNCHANGED]
