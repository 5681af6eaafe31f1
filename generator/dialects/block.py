"""One ``infrastructure`` block on its way to the canonical form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location, Problems
from generator.model.problems import shown, unknown_key
from generator.model.variables import names_left


class Given(NamedTuple):
    """A value, and the path below the block at which it was written."""

    value: Any
    written: KeyPath


class Block:
    """The canonical block as it grows, and where each value of it was written.

    Attributes:
        body: the canonical block.
        beside: what belongs beside ``infrastructure``.
        facts: what other rules decide on, by the name in the tables.
        origin: path in ``body`` to the path at which it was written, both below the block;
            what is below a path in ``body`` was written below that path's origin.
        letters: the dialects of the spellings met, as often as each was met.
        below: the block that this one is laid over; None for the job's own.
    """

    def __init__(
        self, file: str, at: KeyPath, problems: Problems, below: Block | None = None
    ) -> None:
        """Args: at: the keys that lead to the block; problems: collects errors and warnings."""
        self.file, self.at, self.problems, self.below = file, at, problems, below
        self.body: dict[str, Any] = {}
        self.beside: dict[str, Given] = {}
        self.facts: dict[str, Given] = {}
        self.origin: dict[KeyPath, KeyPath] = {}
        self.letters: list[str] = []

    def get(self, *path: str) -> Any:
        """The value at a canonical path, here or in the block below; None where there is none."""
        value: Any = self.body
        for key in path:
            if not isinstance(value, dict) or key not in value:
                return self.below.get(*path) if self.below is not None else None
            value = value[key]
        return value

    def own(self, *path: str) -> Any:
        """The value at a canonical path of this very block."""
        value: Any = self.body
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def runtime(self) -> str | None:
        """The runtime's name, here or in the block below; None where there is none."""
        name = self.get("runtime", "type")
        return name if isinstance(name, str) else None

    def put(self, path: KeyPath, value: Any, written: KeyPath) -> None:
        """Add a value; another one that is there already has to be the same."""
        holder = self._holder(path[:-1])
        key = path[-1]
        if holder is None:
            return
        if key not in holder or (holder[key] is None and value is not None):
            holder[key] = value
            if path != written:
                self.origin[path] = written
        elif isinstance(holder[key], dict) and isinstance(value, dict):
            holder[key] = dict(holder[key])
            for name, item in value.items():
                self.put((*path, name), item, (*written, name))
        elif value is not None and holder[key] != value:
            self.differ(self.written(path), holder[key], written, value)

    def replace(self, path: KeyPath, value: Any) -> None:
        """Another form of the value that is there, with the same origin."""
        holder = self._holder(path[:-1])
        if holder is not None:
            holder[path[-1]] = value

    def move(self, old: KeyPath, new: KeyPath) -> None:
        """Give a value another canonical path."""
        holder = self._holder(old[:-1])
        if holder is not None and old[-1] in holder:
            written = self.written(old)
            value = holder.pop(old[-1])
            self.origin.pop(old, None)
            self.put(new, value, written)

    def drop(self, path: KeyPath) -> None:
        """Take a value away."""
        holder = self._holder(path[:-1])
        if holder is not None:
            holder.pop(path[-1], None)

    def _holder(self, path: KeyPath) -> dict[Any, Any] | None:
        """The mapping at a path, which is this block's own and may be changed."""
        holder: dict[Any, Any] = self.body
        for length, key in enumerate(path, 1):
            below = holder.get(key)
            if below is not None and not isinstance(below, dict):
                at = self.written(path[:length])
                self.error("invalid-value", f'"{dotted(at)}" must be a mapping', at)
                return None
            holder[key] = dict(below) if below is not None else {}
            holder = holder[key]
        return holder

    def written(self, path: KeyPath) -> KeyPath:
        """Where the value at a canonical path was written, both below the block."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origin:
                return self.origin[path[:length]] + path[length:]
        return path

    def location(self, written: KeyPath, on_key: bool = False) -> Location:
        """The place of a path below the block, as written."""
        return Location(self.file, (*self.at, *written), on_key)

    def error(
        self, code: str, message: str, written: KeyPath, hint: str = "", on_key: bool = False
    ) -> None:
        """Note what is wrong with what was written."""
        self.problems.error(code, message, self.location(written, on_key), hint)

    def warn(self, code: str, message: str, written: KeyPath, hint: str = "") -> None:
        """Note what deserves a word."""
        location = self.location(written, True)
        self.problems.warning(code, message, location, hint)

    def unknown(self, written: KeyPath, known: Iterable[str]) -> None:
        """Note a key that no dialect has at this place."""
        self.problems.append(
            unknown_key(
                (*self.at, *written),
                sorted(known),
                lambda path, on_key: Location(self.file, path, on_key),
            )
        )

    def differ(self, first: KeyPath, one: Any, second: KeyPath, other: Any) -> None:
        """Two spellings of one thing with different values, each told at its line."""
        pairs = ((first, one, second, other), (second, other, first, one))
        for here, value, there, elsewhere in pairs:
            message = f'"{dotted(here)}" is {shown(value)}, but "{dotted(there)}", which is the'
            message += f" same thing, is {shown(elsewhere)}"
            self.error("conflict", message, here, "keep one of the two")


def dotted(path: KeyPath) -> str:
    """A path as people write it."""
    return ".".join(map(str, path))


def filled(value: Any) -> bool:
    """Whether a value is text that waits for no ``${NAME}``."""
    return isinstance(value, str) and not names_left(value)
