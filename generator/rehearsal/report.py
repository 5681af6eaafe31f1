"""What a rehearsal found, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# Names of changes of a root, each with the files of the changed root, or why there is none.
Changes = Iterable[tuple[str, Mapping[str, str] | str]]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that Terraform, or a stand-in, said.

    Attributes:
        severity: "error" or "warning".
        summary: one line.
        detail: the explanation, which may be empty.
        address: the resource that it is about, or the empty string.
        file: the file that it is about, below the root, or the empty string.
        line: 1-based line in ``file``; 0 where there is none.
    """

    severity: str
    summary: str
    detail: str = ""
    address: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rehearsal.

    Attributes:
        name: copy, init, validate, plan, apply, read, second plan or destroy.
        seconds: how long it took.
        ok: it did what it should.
        diagnostics: what was said, errors and warnings.
    """

    name: str
    seconds: float
    ok: bool
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A resource that goes with another one, though the plan does not say so.

    Attributes:
        address: the resource, without the keys of its instances.
        inside: what is replaced.
        argument: how it names that.
    """

    address: str
    inside: str
    argument: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of a job comes to.

    Attributes:
        name: what is changed: region, name, size, …
        updated: addresses that are changed in place.
        replaced: addresses to the arguments that force it; none where another resource does.
        created: addresses that are new.
        destroyed: addresses that go for good.
        lost: what goes with something that is replaced.
        diagnostics: why there is no plan, or none without ``-refresh=false``.
    """

    name: str
    updated: tuple[str, ...] = ()
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)
    created: tuple[str, ...] = ()
    destroyed: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedTags:
    """A place within a resource that hands tags on: to a task, a snapshot, an instance.

    Attributes:
        path: the attribute, with block names and positions: ``template[0].labels``.
        value: what stands there: a map of tags, or a setting such as "TASK_DEFINITION".
        complete: the map holds all expected tags, or the setting passes them on.
    """

    path: str
    value: Any
    complete: bool


@dataclass(frozen=True, slots=True)
class RehearsedResource:
    """One resource after apply.

    Attributes:
        address: Terraform's address.
        type: the resource type.
        location: the attribute that holds its tags or labels; empty where it cannot have any.
        tags: the tags that it got.
        missing: the expected keys that it lacks.
        different: the expected keys that have another value.
        nested: further places for tags.
    """

    address: str
    type: str
    location: str
    tags: dict[str, str]
    missing: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    nested: tuple[NestedTags, ...] = ()

    @property
    def taggable(self) -> bool:
        """Whether the type has tags or labels at all."""
        return bool(self.location)

    @property
    def complete(self) -> bool:
        """Whether it has every expected tag, or cannot have any."""
        return not self.missing and not self.different


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """What became of one root.

    Attributes:
        root: the folder, as the caller named it.
        terraform: the version that ran it.
        steps: in order, up to the first that failed (and destroy, if anything was applied).
        resources: what was applied, sorted by address; data sources left out.
        expected_tags: what every taggable resource should have; None where nobody said.
        expected_labels: the same for what is inside a Kubernetes cluster, where it differs.
        outputs: the values of the root's outputs after apply.
        changes: what changes of its job would do, where they were asked for.
        folder: the scratch copy, if it was kept.
    """

    root: str
    terraform: str
    steps: tuple[Step, ...]
    resources: tuple[RehearsedResource, ...] = ()
    expected_tags: dict[str, str] | None = None
    expected_labels: dict[str, str] | None = None
    outputs: dict[str, Any] | None = None
    changes: tuple[Change, ...] = ()
    folder: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every step succeeded and every taggable resource got its tags."""
        return all(s.ok for s in self.steps) and all(r.complete for r in self.resources)

    @property
    def seconds(self) -> float:
        """How long all steps took."""
        return sum(step.seconds for step in self.steps)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors of all steps."""
        return tuple(d for s in self.steps for d in s.diagnostics if d.severity == "error")

    def step(self, name: str) -> Step:
        """The step called ``name``.

        Raises:
            KeyError: it was not reached.
        """
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for JSON, where a resource's location is its ``place``."""
        resources = [
            {"place" if key == "location" else key: value for key, value in asdict(one).items()}
            for one in self.resources
        ]
        whole = {"ok": self.ok, "seconds": round(self.seconds, 3)}
        return {**asdict(self), "resources": resources, **whole}
