"""The project settings: dativo.yaml at the root of the user's repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.budgets import Bill
from generator.model.ci import CiSettings
from generator.model.fields import Constraint, Filled, Model, Text, Texts, name_fault
from generator.model.need import NeedsSettings
from generator.model.runtime_types import RUNTIME_TYPES, Cloud
from generator.model.trust import Trust

# The block is merged key by key under every job's own and checked as part of that job; the
# JSON Schema puts that of a job's infrastructure in its place.
_Partial = dict[str, Any]
if TYPE_CHECKING:
    from generator.model.policies import Policies

    _Runtime = str
    _Policies = Policies
else:
    # Its models are built by generator.job.policies, where somebody has any.
    _Policies = dict[str, Any]
    _Runtime = Literal[tuple(sorted(RUNTIME_TYPES))]
_Layer = Literal["defaults", "asset", "job", "infrastructure"]
LAYERS: tuple[_Layer, ...] = ("defaults", "asset", "job", "infrastructure")


class CloudDefaults(Model):
    """Defaults of one cloud, or of one runtime."""

    infrastructure: _Partial = Field(
        {}, description="Anything that a job's infrastructure block may hold."
    )


class DefaultsFor(Model):
    """Defaults of one tenant or environment."""

    infrastructure: _Partial = Field(
        {}, description="Anything that a job's infrastructure block may hold."
    )
    clouds: dict[Cloud, CloudDefaults] = Field({}, description="For its jobs on one cloud.")
    runtimes: dict[_Runtime, CloudDefaults] = Field(
        {}, description="For its jobs on one type of runtime."
    )
    values: dict[str, Text | None] = Field(
        {}, description="What ${NAME} stands for in its jobs, of the names in values."
    )


class Defaults(Model):
    """What jobs need not say; weakest first: organisation, tenant, environment.

    At each level the defaults of the job's cloud are stronger than those for all clouds, and
    those of its runtime are stronger still.
    """

    environment: Filled | None = Field(None, description="Environment of jobs that name none.")
    infrastructure: _Partial = Field({}, description="For every job.")
    clouds: dict[Cloud, CloudDefaults] = Field({}, description="For every job on one cloud.")
    runtimes: dict[_Runtime, CloudDefaults] = Field(
        {}, description="For every job on one type of runtime."
    )
    tenants: dict[str, DefaultsFor] = Field({}, description="For the jobs of a tenant.")
    environments: dict[str, DefaultsFor] = Field({}, description="For the jobs of an environment.")


class EnvironmentSettings(Model):
    """Which environments there are."""

    allowed: Annotated[Texts, Field(min_length=1)] | None = Field(
        None, description="The environments that jobs may name; any without it."
    )


class TagRule(Model):
    """What a required tag must look like."""

    allowed: Texts | None = Field(None, description="The values that are allowed.")
    pattern: Text | None = Field(
        None, description="A regular expression that the whole value matches."
    )


_Target = Literal["default", "aws", "gcp", "azure", "kubernetes", "databricks"]


def _everywhere(value: Any) -> Any:
    return {"default": value} if isinstance(value, str | int | float) else value


_TargetKeys = Annotated[
    dict[_Target, Filled],
    BeforeValidator(_everywhere),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {
                        name: {"type": "string", "minLength": 1} for name in get_args(_Target)
                    },
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class TagSettings(Model):
    """How tags are spelled, merged and checked."""

    # Caches tell settings apart by identity; a hash of all fields would cost more than they save.
    __hash__ = object.__hash__

    style: Literal["pascal", "snake", "namespaced"] = Field(
        "pascal", description="CostCenter, cost_center or dativo:cost-center."
    )
    namespace: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*$", max_length=20)] = Field(
        "dativo", description="Prefix of the namespaced style."
    )
    keys: dict[str, _TargetKeys] = Field(
        {}, description="An own key for a tag: text, or a key for each cloud and a default."
    )
    omit: Texts = Field(
        (), description="Tags that no job gets; contains stands for those of all classes."
    )
    precedence: tuple[_Layer, ...] = Field(
        LAYERS, description="Weakest layer first. Identity tags always win."
    )
    overlong: Literal["shorten", "refuse"] = Field(
        "shorten",
        description="What a value beyond the cloud's limit gets: a hash at its end, or an error.",
    )
    required: dict[str, TagRule | None] | None = Field(
        None, description="Tags that every job must end up with."
    )


class ModuleSettings(Model):
    """Where the modules come from."""

    source: Filled = Field(
        "modules",
        description="Folder below the project, git:: or registry address; the name is added.",
    )
    version: Filled | None = Field(None, description="Tag (git) or exact version (registry).")
    inputs: dict[str, Any] = Field(
        {}, description="As terraform.module.inputs of a job, for those that name no module."
    )


class TerraformSettings(Model):
    """Version constraints of every root."""

    required_version: Constraint | None = Field(
        None, description="Replaces the derived constraint."
    )
    providers: dict[Literal["aws", "google", "azurerm", "kubernetes", "databricks"], Constraint] = (
        Field({}, description="Version constraint of a provider.")
    )
    platforms: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]+_[a-z0-9]+$")], ...] = Field(
        (), description="What dativo lock gathers checksums for, such as linux_amd64."
    )
    tag_policy_compliance: Literal["error", "warning"] | None = Field(
        None,
        description="What the provider of AWS does about tags that the organization's tag policy "
        "requires and a resource lacks.",
    )


def _tenant(name: str) -> str:
    """A name that can be a folder.

    Raises:
        PydanticCustomError: it cannot.
    """
    if fault := name_fault("tenant", name):
        raise PydanticCustomError("tenant", "{fault}", {"fault": fault})
    return name


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise PydanticCustomError("tenant", 'lists "{name}" twice', {"name": name})
    return names


_Tenants = Annotated[tuple[Annotated[Filled, AfterValidator(_tenant)], ...], AfterValidator(_once)]


class Settings(Model):
    """Everything in dativo.yaml; an empty file is a valid one."""

    # Looked at before all else, see generator.job.required_version.
    required_version: Constraint | None = Field(
        None, description="The versions of dativo that may work on this project."
    )
    jobs: Texts = Field(("jobs",), description="Folders that hold job files.")
    output: Filled = Field("generated", description="Folder that the roots are written to.")
    strip_prefixes: Texts = Field(
        ("/app/",), description="Prefixes to cut from paths in job files."
    )
    hand_written_roots: Texts | None = Field(
        None,
        description="Folders that hold roots of others, whose states no job may take; the whole "
        "git repository unless given. One may lie beside the project: `../infra`.",
    )
    tenants: _Tenants = Field(
        (), description="Tenants of jobs with `tenant_id: ${TENANT_ID}` that list none."
    )
    roots_per_file: Annotated[int, Field(ge=1, le=100_000)] = Field(
        1000, description="How many roots one job file may stand for."
    )
    values: dict[str, Text | None] = Field(
        {}, description="What ${NAME} stands for; null: only where defaults say so."
    )
    environments: EnvironmentSettings = EnvironmentSettings()
    defaults: Defaults = Defaults()
    tags: TagSettings = TagSettings()
    modules: ModuleSettings = ModuleSettings()
    terraform: TerraformSettings = TerraformSettings()
    ci: CiSettings = CiSettings()
    needs: NeedsSettings = NeedsSettings()
    trust: Trust = Trust()
    budgets: tuple[Bill, ...] = Field(
        (), description="What may be spent: one bill, and so one root, an item."
    )
    policies: _Policies | None = Field(
        None, description="Rules of one's own for jobs, ready ones, and who is exempt."
    )
