"""The inputs of a call, asked for what counts: whether something is given, and how often."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.plan.needs.need import NOTHING, ModuleInputs

# Type to number; None where the inputs alone do not say it.
Counts = dict[str, int | None]
Count = Callable[["Call"], Counts]

RATES = ("error_rate", "timeout_rate")


class Made(NamedTuple):
    """How many resources of a type a root makes.

    Attributes:
        type: the type.
        number: how many; None where the inputs do not say it before Terraform plans.
        tagged: the type takes tags.
    """

    type: str
    number: int | None
    tagged: bool


class Call(NamedTuple):
    """A call of a module.

    Attributes:
        inputs: what it gives.
    """

    inputs: ModuleInputs

    def given(self, path: str, default: Any = None) -> int:
        """1 where an input is something, else 0."""
        return int(self.inputs.value(path, default) not in NOTHING)

    def absent(self, path: str) -> int:
        """1 where an input is null, left out or empty, else 0."""
        return 1 - self.given(path)

    def many(self, path: str, default: int = 0) -> int | None:
        """How many items an input has; None where Terraform alone knows it."""
        value = self.inputs.value(path)
        if value is None:
            return default
        return len(value) if isinstance(value, list | tuple | dict) else None

    @property
    def job(self) -> int:
        """1 for what ends, 0 for workers."""
        return self.absent("workers")

    @property
    def alerts(self) -> int:
        """1 where there are alerts."""
        return int(self.inputs.value("alerts") is not None)

    def limits(self, *names: str) -> int:
        """How many of some thresholds of the alerts are set."""
        if not self.alerts:
            return 0
        return sum(self.inputs.value(f"alerts.{name}") is not None for name in names)

    def resources(self, path: str) -> list[str]:
        """The resources under ``access``."""
        found = self.inputs.value(path)
        rows = found if isinstance(found, list | tuple) else []
        return [str(row["resource"]) for row in rows if isinstance(row, Mapping)]


def product(*factors: int | None) -> int | None:
    """The product, known as soon as one factor is 0."""
    if 0 in factors:
        return 0
    result = 1
    for factor in factors:
        if factor is None:
            return None
        result *= factor
    return result


def total(*numbers: int | None) -> int | None:
    """The sum, where all are known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def untagged(made: Sequence[Made]) -> str:
    """How many of what a root makes cannot be tagged, for people."""
    numbers = [one.number for one in made if not one.tagged]
    known = sum(number for number in numbers if number is not None)
    return f"{known} or more" if None in numbers else str(known)
