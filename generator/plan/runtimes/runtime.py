"""What a runtime is to the plan: a module, and how a job's fields become its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.errors import KeyPath, Place, Problem

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure
    from generator.job.loaded import LoadedJob


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the module as the job gives it.

    Attributes:
        name: the module's variable.
        value: plain data; text may still hold ``${NAME}``.
        path: the field of the job it comes from.
    """

    name: str
    value: Any
    path: KeyPath


class Faults:
    """Collects what is wrong with one job, each at its place."""

    def __init__(self, loaded: LoadedJob) -> None:
        self._loaded = loaded
        self.problems: list[Problem] = []

    def place(self, path: str, on_key: bool = False) -> Place:
        """The place of a dotted path below ``infrastructure``."""
        return self._loaded.places.place(("infrastructure", *path.split(".")), on_key)

    def add(self, path: str, message: str, hint: str = "", code: str = "invalid-value") -> None:
        """Note a fault of the value at a dotted path below ``infrastructure``."""
        self.problems.append(Problem(code, message, self.place(path), hint))

    def missing(self, path: str, runtime: str, hint: str = "") -> None:
        """Note that a runtime needs a field that is not there."""
        message = f'{runtime} needs "{path}"'
        self.problems.append(Problem("missing-key", message, self.place(path, True), hint))


@dataclass(frozen=True, slots=True)
class Runtime:
    """One row of the table.

    Attributes:
        cloud: aws, gcp or azure.
        type: the value of ``runtime.type``.
        module: the shipped module's folder name.
        title: the runtime's name for people.
        honours: dotted fields below ``infrastructure`` that have an effect beyond those that
            every runtime honours; a field ending in ``.`` covers all below it.
        inputs: the job's fields as inputs; faults go to the collector.
        launchers: orchestrator to the module output with its launcher's settings.
    """

    cloud: str
    type: str
    module: str
    title: str
    honours: frozenset[str]
    inputs: Callable[[Infrastructure, LoadedJob, Faults], Iterator[Input]]
    launchers: dict[str, str]


# The stages before and after the module call read these, whatever the runtime.
ALWAYS = frozenset(
    ("provider", "region", "runtime.type", "orchestrator.type", "tags", "terraform.")
    + ("resource_identifiers",)
)


def refused_fields(runtime: Runtime, infrastructure: Infrastructure) -> Iterator[str]:
    """The dotted fields that the job sets and the runtime cannot honour."""
    allowed = ALWAYS | runtime.honours
    for path in _fields_set(infrastructure, ""):
        parents = (path[: i + 1] for i, char in enumerate(path + ".") if char == ".")
        if path not in allowed and not any(parent in allowed for parent in (*parents, path + ".")):
            yield path


def _fields_set(model: Any, prefix: str) -> Iterator[str]:
    for name in sorted(model.model_fields_set):
        value = getattr(model, name)
        if hasattr(value, "model_fields_set"):
            yield from _fields_set(value, f"{prefix}{name}.")
        elif value is not None:
            yield prefix + name
