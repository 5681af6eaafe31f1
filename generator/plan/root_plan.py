"""What a root module holds, decided to the last argument; templates only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.errors import Location
from generator.plan.made.count import Made
from generator.plan.orchestration import Orchestration
from generator.plan.origin import OfField, Told
from generator.text.expression import Reference, Value


class Backend(NamedTuple):
    """Where the state lives.

    Attributes:
        type: s3, gcs, azurerm, local, http, remote or cloud.
        arguments: name to literal; a nested mapping is a nested block (``workspaces``).
        address: one line that identifies the state across all roots, for collisions and people.
    """

    type: str
    arguments: dict[str, Value]
    address: str


class ProviderRequirement(NamedTuple):
    """One entry of ``required_providers``."""

    name: str
    source: str
    version: str


class ProviderBlock(NamedTuple):
    """One ``provider`` block: arguments, then nested blocks (``features`` may be empty).

    A nested block is a mapping; where there are several of one name, a list of such, in order.
    """

    name: str
    arguments: dict[str, Value]
    blocks: dict[str, Any]


class Variable(NamedTuple):
    """An input variable of the root, for a ``${NAME}`` that only apply knows.

    Attributes:
        name: as Terraform has it.
        type: a type expression in HCL.
        description: one sentence.
        used_by: the module inputs it feeds.
        root: the root of another job whose output it holds, below the output folder.
        output: that output; empty for any other variable.
        sensitive: its value is hidden in plans.
    """

    name: str
    type: str
    description: str
    used_by: tuple[str, ...]
    root: str = ""
    output: str = ""
    sensitive: bool = False


class TagMap(NamedTuple):
    """One layer of tags as a local value."""

    local: str
    comment: str
    tags: dict[str, str]


class Argument(NamedTuple):
    """One input of the module call.

    Attributes:
        name: the module's variable.
        value: what the root passes.
        origin: where it comes from.
    """

    name: str
    value: Value
    origin: Told | OfField


class ModuleCall(NamedTuple):
    """The one ``module "job"`` block."""

    source: str
    version: str | None
    arguments: tuple[Argument, ...]


class Condition(NamedTuple):
    """What must be true of a thing that exists already: a postcondition of its data source.

    Attributes:
        left: what is compared, such as ``self.state``.
        operator: ``==`` or ``!=``; or ``in``, where ``right`` is a tuple; or ``meets``, where both
            are lists and have something in common.
        right: with what.
        message: a whole sentence for whoever plans.
    """

    left: Value
    operator: str
    right: Value
    message: Value


class DataSource(NamedTuple):
    """One ``data`` block: a thing that exists already, looked up when the root is planned.

    Attributes:
        type: ``aws_vpc``.
        name: its name in the root.
        comment: one line above it.
        for_each: several such things, or name to what finds each; empty for a single one.
        arguments: name to value; ``each.value`` among them where there are several.
        conditions: what must be true of it.
        needed: a provider is configured from it, so a tombstone keeps it.
        permissions: what whoever plans must be allowed to do.
    """

    type: str
    name: str
    comment: str
    arguments: dict[str, Value]
    for_each: tuple[Value, ...] | dict[str, Value] = ()
    conditions: tuple[Condition, ...] = ()
    needed: bool = False
    permissions: tuple[str, ...] = ()


class NeededRoot(NamedTuple):
    """The root of another job that is applied before this one.

    Attributes:
        folder: below the output folder.
        file: its job file, below the project folder.
        identity: tenant/job/environment.
        outputs: what this root takes from it, sorted; nothing where only the order matters.
        source: what reads them from its state; None where nothing is read.
        handed: output to the root variable that it is handed in as.
        right: what whoever plans must be allowed to do for reading that state; Markdown.
    """

    folder: str
    file: str
    identity: str
    outputs: tuple[str, ...]
    source: DataSource | None
    handed: dict[str, str]
    right: str = ""


class Needs(NamedTuple):
    """What must be there before the first apply, for the README.

    Attributes:
        rows: kind, thing and purpose, in order; all Markdown.
        commands: what switches things on, for a shell.
        page: the README of the module, below the root; empty where there is none at hand.
    """

    rows: tuple[tuple[str, str, str], ...] = ()
    commands: tuple[str, ...] = ()
    page: str = ""


class Output(NamedTuple):
    """One output of the root, passed on from the module."""

    name: str
    description: str
    value: Reference
    sensitive: bool


class LeftOut(NamedTuple):
    """A field that is set and reaches no module, since the runtime cannot honour it.

    Attributes:
        field: its dotted path below ``infrastructure``.
        location: where it was written.
        message: that it has no effect, and on what.
    """

    field: str
    location: Location
    message: str


class RootPlan(NamedTuple):
    """A root module.

    Attributes:
        folder: below the output folder: tenant/job/environment.
        job_file: the file to edit, below the project folder.
        asset_file: the asset contract, if any.
        tenant, job, environment: the identity.
        region: further identity in a job of several regions, away from its home; else empty.
        summary: label to text for the README's table, in order (cloud, region, runtime, size,
            schedule, owner, cost center ...).
        required_version: constraint on Terraform and OpenTofu.
        tag_maps: weakest first.
        identifiers: the names of the job's resource_identifiers.
        data: what exists already and is looked up at plan.
        kubernetes_labels: the tags as labels of Kubernetes objects; empty where there are none,
            and where the tags have that form themselves.
        metadata: the metadata of the job, where the module takes it; else empty.
        gone_with: addresses of what goes with the resource that it is inside of.
        orchestration: who else than the cloud starts runs, and how.
        runtime: the type of the runtime, by which a later run tells that it became another.
        left_out: fields that somebody set and that have no effect on this runtime.
        sticky: inputs that are given and that the platform would keep if they were taken away.
        alone_in: the subnet that the root puts something into which must be alone there, in lower
            case; empty for none.
        needs: what must be there before the first apply.
        made: what a call of a shipped module makes; none the inputs rule out.
        review: label to items, what a reviewer asks of a call of a shipped module.
        needed: the roots of other jobs that are applied before it, sorted by folder.
        offers: every output that it could put out; None where nobody here can see its module.
        empty: outputs that have no value the way the job is, each with the reason.
        cost_center: the value of that tag on the cloud; empty for none.
    """

    folder: str
    job_file: str
    asset_file: str | None
    tenant: str
    job: str
    environment: str
    summary: dict[str, str]
    required_version: str
    required_providers: tuple[ProviderRequirement, ...]
    backend: Backend
    providers: tuple[ProviderBlock, ...]
    variables: tuple[Variable, ...]
    tag_maps: tuple[TagMap, ...]
    module: ModuleCall
    outputs: tuple[Output, ...]
    identifiers: tuple[str, ...]
    data: tuple[DataSource, ...] = ()
    kubernetes_labels: Mapping[str, str] = MappingProxyType({})
    gone_with: tuple[str, ...] = ()
    orchestration: Orchestration | None = None
    metadata: Mapping[str, str] = MappingProxyType({})
    runtime: str = ""
    left_out: tuple[LeftOut, ...] = ()
    sticky: tuple[str, ...] = ()
    alone_in: str = ""
    needs: Needs = Needs()
    region: str = ""
    review: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    made: tuple[Made, ...] = ()
    needed: tuple[NeededRoot, ...] = ()
    offers: Mapping[str, Output] | None = None
    empty: Mapping[str, str] = MappingProxyType({})
    cost_center: str = ""

    @property
    def reads(self) -> tuple[DataSource, ...]:
        """What reads the states of other roots."""
        return tuple(one.source for one in self.needed if one.source is not None)

    @property
    def stage(self) -> str:
        """The environment, with the region of a job that has several."""
        return f"{self.environment}-{self.region}" if self.region else self.environment

    @property
    def programs(self) -> tuple[str, ...]:
        """What a provider runs to get its token, so that whoever plans needs it."""
        commands = [block.blocks.get("exec", {}).get("command") for block in self.providers]
        return tuple(sorted({str(command) for command in commands if command}))
