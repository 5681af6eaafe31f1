"""What of a job has no effect on its runtime: an error, or left out where nobody meant this one.

A key of the job itself is an error; in an older job file, and in a job for several clouds or
runtimes one of which has it, a warning. A default of dativo.yaml is for all jobs: it does not
reach a runtime that cannot honour it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.errors import KeyPath, Problem, Problems
from generator.job.loaded import Layer, LoadedJob
from generator.plan.mapped_inputs import covered, mapped_paths
from generator.plan.orchestrator import idle_fields
from generator.plan.root_plan import LeftOut
from generator.plan.runtimes.field import Input, given
from generator.plan.runtimes.runtime import Faults, Idle, RuntimeSpec, honoured, refused_fields
from generator.plan.runtimes.table import RUNTIMES

_INFRASTRUCTURE = ("infrastructure",)


class EffectiveJob(NamedTuple):
    """A job without what has no effect on its runtime.

    Attributes:
        loaded: the job, in which fields that were left out are as if nobody had set them.
        left_out: those fields.
        warnings: about those that somebody wrote for this very job or runtime.
        problems: what has no effect and may not be left out.
        inputs: the runtime's inputs; None where they could not be made.
        input_problems: what is wrong with the latter.
    """

    loaded: LoadedJob
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    inputs: list[Input] | None
    input_problems: tuple[Problem, ...]


def effective_job(runtime: RuntimeSpec, loaded: LoadedJob) -> EffectiveJob:
    """Leave out of a job what its runtime cannot honour, where that is no error.

    Args:
        runtime: its row in the table of runtimes.
        loaded: the job.
    """
    left = LeftOuts(loaded)
    problems = Problems()
    mapped = mapped_paths(loaded)
    for path in refused_fields(runtime, loaded.job.infrastructure):
        if covered((*_INFRASTRUCTURE, *path.split(".")), mapped):
            continue
        idle = _refused(runtime, loaded, path)
        if not left.take(idle, _elsewhere(loaded, path)):
            problems.append(idle.problem)
    for idle in idle_fields(loaded, runtime):
        left.take(idle, True)
    while True:
        loaded = without(loaded, [one.path for one in left.fresh()])
        faults = Faults(loaded)
        inputs = faults.attempt(_inputs, runtime, loaded, faults)
        kept = [idle.problem for idle in faults.idle_fields if not left.take(idle, True)]
        if left.fresh_ones:
            continue
        errors = (*faults, *(p for p in kept if p.severity != "warning"))
        warned = (p for p in kept if p.severity == "warning")
        warnings = (*left.warnings, *warned)
        left_out = tuple(left.left_out)
        return EffectiveJob(loaded, left_out, warnings, tuple(problems), inputs, errors)


def _inputs(runtime: RuntimeSpec, loaded: LoadedJob, faults: Faults) -> list[Input]:
    """All that the job's fields become, in the order of the runtime's table."""
    infrastructure = loaded.job.infrastructure
    found = [
        *given(runtime.fields, infrastructure),
        *runtime.inputs(infrastructure, loaded, faults),
    ]
    return sorted(found, key=lambda one: runtime.order[one.name])


class LeftOuts:
    """Decides field by field what may be left out, and keeps what was."""

    def __init__(self, loaded: LoadedJob) -> None:
        """Args: loaded: the job, whose layers tell who wrote a field."""
        self._loaded = loaded
        self.left_out: list[LeftOut] = []
        self.warnings = Problems()
        self.fresh_ones: list[Idle] = []

    def take(self, idle: Idle, elsewhere: bool) -> bool:
        """Leave a field out, if that is no error.

        Args:
            idle: the field.
            elsewhere: in a job for several runtimes another one honours it.

        Returns:
            Whether it is left out.
        """
        path = (*_INFRASTRUCTURE, *idle.path)
        layer = self._loaded.locations.written(path)
        if layer is None:
            return False
        hint = self._hint(layer, idle, elsewhere)
        if hint is None:
            return False
        location = self._loaded.locations.location(path, True)
        self.left_out.append(LeftOut(".".join(map(str, idle.path)), location, idle.message))
        self.fresh_ones.append(idle)
        if hint:
            self.warnings.warning("no-effect", idle.message, location, hint)
        return True

    def fresh(self) -> list[Idle]:
        """The fields that were left out since the last call."""
        found, self.fresh_ones = self.fresh_ones, []
        return found

    def _hint(self, layer: Layer, idle: Idle, elsewhere: bool) -> str | None:
        """What a warning advises; empty where none is needed, None where it is an error."""
        if layer.target and layer.prefix[:1] != ("budgets",):  # a bill is no default of others
            return _joined("remove it", idle.why) if "runtimes" in layer.prefix else ""
        if self._loaded.older:
            return _joined(idle.why, "dativo migrate takes it out")
        if elsewhere and not layer.prefix and len(self._loaded.platforms) > 1:
            return "write it under the environments that have it"
        return None


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _refused(runtime: RuntimeSpec, loaded: LoadedJob, path: str) -> Idle:
    keys = tuple(path.split("."))
    location = loaded.locations.location((*_INFRASTRUCTURE, *keys), True)
    message = f'"{path}" has no effect on {runtime.type}'
    above = (path, *_above(path))
    why = next((text for at, text in runtime.elsewhere if at in above), "")
    hint = f"remove it: {why}" if why else "remove it"
    return Idle(keys, message, Problem("no-effect", message, location, hint), why)


def _above(path: str) -> list[str]:
    """The beginnings of a dotted path that end in a dot."""
    return [path[: index + 1] for index, char in enumerate(path) if char == "."]


def _elsewhere(loaded: LoadedJob, path: str) -> bool:
    """Whether a runtime that the job has in another environment honours a field."""
    rows = (RUNTIMES.get(platform) for platform in loaded.platforms)
    return any(row is not None and honoured(row.honours, path) for row in rows)


def without(loaded: LoadedJob, paths: list[KeyPath]) -> LoadedJob:
    """The job as if nobody had set the fields at these paths below ``infrastructure``."""
    if not paths:
        return loaded
    block: Any = loaded.job.infrastructure
    for path in paths:
        block = _without(block, path)
    return loaded._replace(job=loaded.job.model_copy(update={"infrastructure": block}))


def _without(part: Any, path: KeyPath) -> Any:
    key, *rest = path
    if isinstance(part, dict):
        copy = dict(part)
        if rest:
            copy[key] = _without(copy[key], tuple(rest))
        else:
            copy.pop(key, None)
        return copy
    name = str(key)
    if rest:
        return part.model_copy(update={name: _without(getattr(part, name), tuple(rest))})
    default = type(part).model_fields[name].get_default(call_default_factory=True)
    copied = part.model_copy(update={name: default})
    copied.model_fields_set.discard(name)
    return copied
