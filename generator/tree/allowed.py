"""What a user lets a run do beyond the usual."""

from __future__ import annotations

from typing import NamedTuple

from generator.tree.transition import OnChange


class Allowed(NamedTuple):
    """What a user lets a run do beyond the usual.

    Attributes:
        force: replace generated files that were edited by hand.
        migrate: a state may move to another address.
        on_change: what to do with a root whose runtime changes under its state.
        retire: roots, job files, or folders of such, whose roots may go although it looks like a
            slip.
    """

    force: bool = False
    migrate: bool = False
    on_change: OnChange = "stop"
    retire: tuple[str, ...] = ()


ONLY_THE_USUAL = Allowed()
