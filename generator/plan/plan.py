"""A job and its tags to the plan of its root module; no disk beyond the module's interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator.errors import InputError
from generator.model.variables import finish
from generator.plan.advice import advice
from generator.plan.backend import backend_of
from generator.plan.called_module import check_providers, module_of, runtime_of, warnings_of
from generator.plan.effect import LeftOuts, Settled, settle
from generator.plan.empty_outputs import check_awaited, empty_outputs
from generator.plan.existing.find import data_sources
from generator.plan.inputs import arguments_of
from generator.plan.mapped_inputs import LABELS, METADATA, TAGS, references_in
from generator.plan.metadata import metadata
from generator.plan.orchestrator import (
    check_output,
    launcher_output,
    orchestration_of,
    own_inputs,
)
from generator.plan.outputs import outputs_of
from generator.plan.providers import check_account, requirements
from generator.plan.reach import unreached
from generator.plan.root_plan import ModuleCall, RootPlan
from generator.plan.runtimes.labels import check_clashes
from generator.plan.runtimes.runtime import Input, Runtime
from generator.plan.summary import summary_of
from generator.plan.tag_maps import kubernetes_labels, tag_maps, tag_rows
from generator.plan.version_conflicts import check_versions

if TYPE_CHECKING:
    from generator.errors import Problem
    from generator.job.loaded import LoadedJob
    from generator.job.project import Project
    from generator.modules.catalogue import Catalogue
    from generator.plan.module_source import ModuleSource
    from generator.plan.root_plan import (
        Argument,
        Backend,
        LeftOut,
        Output,
        ProviderBlock,
        ProviderRequirement,
        Variable,
    )
    from generator.tags.tag_set import TagSet

# S3's lock file came with Terraform 1.10 and OpenTofu 1.10, and with that OpenTofu a `removed`
# block that says what is not to be destroyed, which a tombstone needs where something goes with
# its cluster. The shipped modules' validations look at other variables: both allow it since 1.9.
_NEWER_VERSION = ">= 1.10"
_BASE_VERSION = ">= 1.9"

T = TypeVar("T")


@dataclass(slots=True)
class _Parts:
    """What a root is made of, before its tags are known."""

    loaded: LoadedJob
    runtime: Runtime
    folder: str
    backend: Backend
    source: ModuleSource
    arguments: tuple[Argument, ...]
    variables: tuple[Variable, ...]
    outputs: tuple[Output, ...]
    providers: tuple[ProviderBlock, ...]
    required_version: str
    required_providers: tuple[ProviderRequirement, ...]
    left_out: tuple[LeftOut, ...]
    warnings: list[Problem]


def plan(
    project: Project, loaded: LoadedJob, tags: TagSet, catalogue: Catalogue
) -> tuple[RootPlan, list[Problem]]:
    """Decide a root to the last argument.

    Args:
        project: the repository.
        loaded: the job.
        tags: its tags.
        catalogue: the interfaces of modules.

    Returns:
        The plan, and warnings.

    Raises:
        InputError: everything found wrong, each at its place.
    """
    steps = _Steps()
    parts = _parts(project, loaded, catalogue, steps)
    labels: dict[str, str] = {}
    used = frozenset[str]() if parts is None else references_in(parts.arguments)
    if parts is not None and (parts.runtime.labels or LABELS in used):
        labels = steps.run(lambda: kubernetes_labels(tags, project.settings.tags)) or {}
    if parts is not None and loaded.job.infrastructure.kubernetes.labels:
        steps.run(lambda: check_clashes(loaded, labels or tags.as_map()))
    if steps.problems or parts is None:
        raise InputError(*steps.problems)
    loaded = parts.loaded
    job = loaded.job
    root_plan = RootPlan(
        folder=parts.folder,
        job_file=loaded.file,
        asset_file=loaded.asset_file,
        tenant=job.tenant_id,
        job=job.name,
        environment=job.environment,
        facts=summary_of(loaded, parts.runtime, tags),
        required_version=parts.required_version,
        required_providers=parts.required_providers,
        backend=parts.backend,
        providers=parts.providers,
        variables=parts.variables,
        tag_maps=tag_maps(tags),
        tag_rows=tag_rows(tags),
        kubernetes_labels=labels,
        module=ModuleCall(parts.source.source, parts.source.version, parts.arguments),
        outputs=parts.outputs,
        identifiers=_identifiers(loaded),
        data=data_sources(loaded, parts.providers, parts.variables, parts.required_providers),
        metadata=_metadata(loaded, tags) if METADATA in used else {},
        gone_with=tuple(f"module.job.{address}" for address in parts.runtime.gone_with),
        orchestration=orchestration_of(loaded, parts.runtime, tags),
        runtime=parts.runtime.type,
        left_out=parts.left_out,
    )
    return root_plan, parts.warnings


def check(project: Project, loaded: LoadedJob, catalogue: Catalogue) -> list[Problem]:
    """What ``plan`` would find wrong with a job whose tags are wrong already."""
    steps = _Steps()
    _parts(project, loaded, catalogue, steps)
    return steps.problems


def _parts(
    project: Project, loaded: LoadedJob, catalogue: Catalogue, steps: _Steps
) -> _Parts | None:
    runtime = steps.run(lambda: runtime_of(loaded))
    folder = root_folder(loaded)
    root = f"{project.settings.output}/{folder}"
    backend = steps.run(lambda: backend_of(loaded, root))
    steps.run(lambda: check_account(loaded))
    steps.run(lambda: _identifiers(loaded))
    if runtime is None:
        return None
    settled = settle(runtime, loaded)
    loaded, left = settled.loaded, LeftOuts(settled.loaded)
    steps.problems += settled.problems
    launcher = steps.run(lambda: launcher_output(loaded, runtime))
    chosen = steps.run(lambda: module_of(project, loaded, runtime, catalogue, root))
    inputs = steps.run(lambda: _inputs(settled)) if runtime.module or chosen else None
    if chosen is None:
        return None
    interface, shown = chosen.interface, chosen.source.shown
    outputs = steps.run(lambda: outputs_of(loaded, runtime, interface, shown, left))
    if launcher is not None:
        steps.run(lambda: check_output(loaded, launcher, interface, shown))
    if inputs is None:
        return None
    stand_in = chosen.source.stand_in
    called = steps.run(
        lambda: arguments_of(loaded, inputs, interface, shown, left, runtime.labels, stand_in)
    )
    if backend is None or called is None or outputs is None:
        return None
    providers = runtime.providers(loaded.job.infrastructure)
    steps.run(lambda: check_providers(chosen, providers))
    settings, derived = project.settings, _required_version(backend[0], runtime)
    required_version = settings.terraform.required_version or derived
    required_providers = requirements(providers, settings)
    steps.run(
        lambda: check_versions(chosen, settings, required_version, derived, required_providers)
    )
    carried = not references_in(called[0]).isdisjoint((TAGS, METADATA))
    told = check_awaited(loaded, empty_outputs(loaded, runtime, called[0]))
    steps.problems += [problem for problem in told if problem.severity == "error"]
    of_state = backend[1] if loaded.job.infrastructure.iac == "terraform" else []
    warnings = [
        *settled.warnings,
        *left.warnings,
        *of_state,
        *warnings_of(chosen, providers, carried),
        *advice(loaded, called[1], project.settings.values),
        *(problem for problem in told if problem.severity == "warning"),
        *unreached(loaded, runtime),
    ]
    left_out = (*settled.left_out, *left.left_out)
    return _Parts(
        loaded,
        runtime,
        folder,
        backend[0],
        chosen.source,
        *called,
        outputs,
        providers,
        required_version,
        required_providers,
        left_out,
        warnings,
    )


def root_folder(loaded: LoadedJob) -> str:
    """The root's folder below the output folder; names are checked when the job is loaded."""
    job = loaded.job
    return f"{job.tenant_id}/{job.name}/{job.environment}"


class _Steps:
    """Runs steps that may fail, so that one run tells everything that is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def run(self, step: Callable[[], T]) -> T | None:
        """The step's result; None when it found problems, which are kept."""
        try:
            return step()
        except InputError as error:
            self.problems += [problem for problem in error.problems if problem not in self.problems]
            return None


def _inputs(settled: Settled) -> list[Input]:
    if settled.faults or settled.inputs is None:
        raise InputError(*settled.faults)
    return own_inputs(settled.loaded, settled.inputs)


def _identifiers(loaded: LoadedJob) -> tuple[str, ...]:
    """The names of what the job reads back after apply; no variable could be filled in then.

    Their values are left out: a root stays the same when placeholders are filled in.
    """
    found = loaded.job.infrastructure.resource_identifiers
    for name, value in found.items():
        if isinstance(value, str) and "${" in value:
            finish(
                value, loaded.locations.location(("infrastructure", "resource_identifiers", name))
            )
    return tuple(sorted(found))


def _metadata(loaded: LoadedJob, tags: TagSet) -> dict[str, str]:
    """The metadata as a map of texts, without what the job does not say."""
    found = metadata(loaded.job, tags)
    return {name: value for name, value in found.items() if value is not None}


def _required_version(backend: Backend, runtime: Runtime) -> str:
    newer = backend.arguments.get("use_lockfile") or runtime.gone_with
    return _NEWER_VERSION if newer else _BASE_VERSION
