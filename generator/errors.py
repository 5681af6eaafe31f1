"""Everything that can go wrong, as facts; nothing here prints.

    DativoError
    ├── InputError        the user's files are wrong: one or more problems, each with a place
    ├── UsageError        the command line is wrong: an unknown option, a path that is not a job
    ├── TreeError         the output folder holds what must not be touched
    ├── MachineError      the machine does not do its part: no memory, no disk, a lost terminal
    └── RehearsalError    Terraform or a stand-in provider could not be run

A ``Problem`` is one sentence about one place; a stage collects its ``Problems``. It is found
without knowing line numbers: a place names a file and the keys that lead to a value, and the
report looks the line up only when there is something to print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PathItem = str | int
KeyPath = tuple[PathItem, ...]


class Location(NamedTuple):
    """Where something stands in a file of the user's.

    Attributes:
        file: path below the project folder, with forward slashes.
        path: keys and list positions from the top of the document to the value.
        on_key: the key itself is meant, not its value.
        line: 1-based line, where it is known already (YAML that does not parse).
        column: 1-based column, likewise.
    """

    file: str
    path: KeyPath = ()
    on_key: bool = False
    line: int | None = None
    column: int | None = None


class Problem(NamedTuple):
    """One thing that is wrong, or worth a warning.

    Attributes:
        code: a stable kebab-case name of the kind of problem, for machines.
        message: what is wrong, without a full stop, starting in lower case.
        location: where; None when it concerns no file.
        hint: what to do about it, if the message does not say so already.
        severity: "error", "warning" or "note".
    """

    code: str
    message: str
    location: Location | None = None
    hint: str = ""
    severity: str = "error"


class DativoError(Exception):
    """Anything dativo raises on purpose."""


class InputError(DativoError):
    """The user's files are wrong; ``problems`` says where and how."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(p.message for p in problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[Problem, ...], dict[str, object]]:
        return type(self), self.problems, self.__dict__


class Problems(list[Problem]):
    """What a stage finds wrong, in the order in which it is told.

    There are two ways to tell: a check that only looks returns or yields its problems, and whoever
    asked adds them; a step that also makes something is handed this list and notes them here.
    Raising ``InputError`` is for the end of a stage.
    """

    def error(
        self, code: str, message: str, location: Location | None = None, hint: str = ""
    ) -> None:
        """Note what is wrong."""
        self.append(Problem(code, message, location, hint))

    def warning(
        self, code: str, message: str, location: Location | None = None, hint: str = ""
    ) -> None:
        """Note what deserves a word and stops nobody."""
        self.append(Problem(code, message, location, hint, "warning"))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what a step raises, each problem once, and go on behind it."""
        try:
            yield
        except InputError as error:
            self.keep(error)

    def keep(self, error: InputError) -> None:
        """Note what a step raised, each problem once."""
        self += [problem for problem in error.problems if problem not in self]

    def attempt(self, step: Callable[P, T], *args: P.args, **options: P.kwargs) -> T | None:
        """What a step returns; None where it raised, and its problems are kept."""
        try:
            return step(*args, **options)
        except InputError as error:
            self.keep(error)
            return None

    def raise_any(self) -> None:
        """End a stage.

        Raises:
            InputError: there are problems, if only warnings.
        """
        if self:
            raise InputError(*self)


class UsageError(DativoError):
    """The command was called with something it cannot use."""


class MachineError(DativoError):
    """The machine does not do its part; neither the user's files nor dativo is wrong."""


class TreeError(InputError):
    """The output folder holds files that must not be overwritten or followed."""


class RehearsalError(DativoError):
    """Terraform, or a stand-in provider, is missing or could not be run."""
