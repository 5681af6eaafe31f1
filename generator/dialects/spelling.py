"""What a table of a dialect is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """One key as an older job file has it.

    Attributes:
        written: the key, dotted, below ``infrastructure``.
        canonical: where its value belongs, dotted, below ``infrastructure``; ``/KEY`` is a key
            beside ``infrastructure``; ``*NAME`` is a fact that another rule reads.
        dialects: letters of the dialects that have it.
        says: for people, where the value is more than moved.
    """

    written: str
    canonical: str
    dialects: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way in which job files used to be written.

    Attributes:
        letter: its short name.
        title: what is peculiar to it.
        spellings: the keys that no other dialect has.
    """

    letter: str
    title: str
    spellings: tuple[Spelling, ...]
