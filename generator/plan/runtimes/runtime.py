"""What a runtime is to the plan: a module, and how a job's fields become its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.problems import dotted
from generator.model.settings import TagSettings
from generator.plan import providers as of_cloud
from generator.plan.root_plan import Argument, ProviderBlock
from generator.plan.runtimes.field import Field, Input


class Idle(NamedTuple):
    """A field that is set and has no effect.

    Attributes:
        path: its keys below ``infrastructure``.
        message: that it has no effect, and on what.
        problem: what is told where it is not left out.
        why: further words for the hint of a warning.
    """

    path: KeyPath
    message: str
    problem: Problem
    why: str = ""


class Faults(Problems):
    """Collects what is wrong with one job, each at its place.

    Attributes:
        idle_fields: what has no effect; whether that is wrong depends on who wrote it.
    """

    def __init__(self, loaded: LoadedJob) -> None:
        super().__init__()
        self._loaded = loaded
        self.idle_fields: list[Idle] = []

    def location(self, path: str | KeyPath, on_key: bool = False) -> Location:
        """The place of a path below ``infrastructure``: dotted, or its keys."""
        keys = tuple(path.split(".")) if isinstance(path, str) else path
        return self._loaded.locations.location(("infrastructure", *keys), on_key)

    def add(
        self, path: str | KeyPath, message: str, hint: str = "", *, on_key: bool = False
    ) -> None:
        """Note a fault of the value (or key) at a path below ``infrastructure``."""
        self.error("invalid-value", message, self.location(path, on_key), hint)

    def warn(self, path: str | KeyPath, message: str, hint: str = "") -> None:
        """Note a key at a path below ``infrastructure`` that has no effect, which stops nobody."""
        keys = tuple(path.split(".")) if isinstance(path, str) else path
        problem = Problem("no-effect", message, self.location(keys, True), hint, "warning")
        self.idle_fields.append(Idle(keys, message, problem, hint))

    def idle(
        self, path: str | KeyPath, message: str, hint: str = "", *, on_key: bool = False
    ) -> None:
        """Note that a field that is set, at a path below ``infrastructure``, has no effect."""
        keys = tuple(path.split(".")) if isinstance(path, str) else path
        problem = Problem("invalid-value", message, self.location(keys, on_key), hint)
        self.idle_fields.append(Idle(keys, message, problem))

    def orphan(self, path: str, needs: str, hint: str = "", who: str = "") -> None:
        """Note that a field that is set has no effect without another one, which is not there."""
        message = f'"{path}" has no effect without "{needs}"'
        problem = self._missing(needs, hint, who)
        self.idle_fields.append(Idle(tuple(path.split(".")), message, problem))

    def missing(self, path: str | KeyPath, hint: str = "", who: str = "") -> None:
        """Note that the runtime, or ``who``, needs a field that is not there."""
        self.append(self._missing(path, hint, who))

    def _missing(self, path: str | KeyPath, hint: str, who: str) -> Problem:
        name = path if isinstance(path, str) else dotted(path)
        who = who or self._loaded.job.infrastructure.runtime.type
        message = f'{who} needs "{name}"'
        return Problem("missing-key", message, self.location(path, True), hint)


class Sticky(NamedTuple):
    """An input that the platform keeps when it is taken away.

    Attributes:
        path: the job's field.
        stays: what goes on, to follow the root's name in a sentence.
        way: what to do about it, without the root's folder and the resource.
        resource: what is made anew, in the module.
    """

    path: KeyPath
    stays: str
    way: str
    resource: str


class RuntimeSpec(NamedTuple):
    """What one runtime makes of a job, on one cloud.

    Attributes:
        fields: what has an effect beyond what every runtime honours, in the order of the inputs.
        inputs: the inputs that are made of several fields; what is wrong goes to the collector.
        launchers: orchestrator to the module output with its launcher's settings.
        providers: the provider blocks of a root.
        labels: the module makes Kubernetes objects beside the cloud's resources, and takes the
            tags in that form, too, as ``kubernetes_labels``.
        gone_with: what the module makes inside another of its resources, by an address below the
            module: it is gone with that, and a tombstone could not reach it any more.
        elsewhere: dotted field, or beginning of fields ending in ``.``, to where that is set
            on this runtime, for the message that refuses it.
        ungranted: dotted fields whose rights an identity that exists already must bring along.
        unwatched: what an orchestrator starts is a task or step without the state machine around
            it, whose metrics the alarms watch.
        sticky: inputs that the platform keeps when they are taken away, which no plan shows; with
            the rest of the sentence that tells of it, and what to do.
        alone_in: the subnet into which the module puts something that must be alone there, in
            lower case; empty for none.
        of_tags: the inputs that the spelling of tags decides.
        services: cloud to what it calls its own service for this runtime, where there are several.
        cloud: aws, gcp or azure: a runtime that all have has three rows. This and what follows is
            filled in from ``generator.model.runtime_types``.
        type: the value of ``runtime.type``.
        module: the shipped module's folder name; empty where the job has to name its own.
        title: the runtime's name for people.
        honours: the paths of ``fields``.
        order: input to its position among those of ``fields``.
    """

    fields: tuple[Field, ...]
    inputs: Callable[[Infrastructure, LoadedJob, Faults], Iterable[Input]] = lambda *_: ()
    launchers: Mapping[str, str] = MappingProxyType({})
    providers: Callable[[Infrastructure], tuple[ProviderBlock, ...]] = of_cloud.own
    labels: bool = False
    gone_with: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    ungranted: frozenset[str] = frozenset()
    unwatched: bool = False
    sticky: Mapping[str, Sticky] = MappingProxyType({})
    alone_in: Callable[[Infrastructure], str] = lambda _: ""
    of_tags: Callable[[TagSettings, LoadedJob], Iterable[Input]] = lambda *_: ()
    services: Mapping[str, str] = MappingProxyType({})
    cloud: str = ""
    type: str = ""
    module: str = ""
    title: str = ""
    honours: frozenset[str] = frozenset()
    order: Mapping[str, int] = MappingProxyType({})


def given_sticky(runtime: RuntimeSpec, arguments: Iterable[Argument]) -> tuple[str, ...]:
    """The inputs of a module call that the platform would keep if they were taken away, sorted."""
    given = {one.name for one in arguments if one.value is not None}
    return tuple(sorted(given & runtime.sticky.keys()))


# The stages before and after the module call read these, whatever the runtime.
ALWAYS = frozenset(
    {"provider", "iac", "region", "runtime.type", "orchestrator.type", "tags", "terraform."}
    | {"resource_identifiers"}
)


def refused_fields(runtime: RuntimeSpec, infrastructure: Infrastructure) -> list[str]:
    """The dotted fields that the job sets and the runtime cannot honour, sorted."""
    return sorted(_refused(runtime.honours, infrastructure, ""))


def _refused(honours: frozenset[str], model: Any, prefix: str) -> Iterator[str]:
    for name in model.model_fields_set:
        path = prefix + name
        if honoured(honours, path):
            continue
        value = getattr(model, name)
        if hasattr(value, "model_fields_set"):
            yield from _refused(honours, value, f"{path}.")
        elif value is not None:
            yield path


# Asked for each field of each job: saves 2 % of a run over 1,000 jobs.
@lru_cache(maxsize=1024)
def honoured(honours: frozenset[str], path: str) -> bool:
    """Whether a field has an effect, with all that is below it."""
    parents = {path[: i + 1] for i, char in enumerate(path + ".") if char == "."}
    allowed = ALWAYS | honours
    return path in allowed or path + "." in allowed or not parents.isdisjoint(allowed)
