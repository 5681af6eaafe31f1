"""A job and its tags to the plan of its root module; no disk beyond the module's interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator.errors import InputError, Problem
from generator.job.variables import finish
from generator.plan.backend import backend_of
from generator.plan.existing.find import data_sources
from generator.plan.facts import facts_of
from generator.plan.inputs import arguments_of
from generator.plan.module_source import ModuleSource, module_source
from generator.plan.orchestrator import (
    check_output,
    launcher_output,
    orchestration_of,
    own_inputs,
)
from generator.plan.outputs import outputs_of
from generator.plan.providers import CLOUDS, check_place, requirements
from generator.plan.root_plan import ModuleCall, RootPlan
from generator.plan.runtimes.labels import check_clashes
from generator.plan.runtimes.runtime import Faults, Input, Runtime, refused_fields
from generator.plan.runtimes.table import RUNTIMES, types_of
from generator.plan.tag_maps import kubernetes_labels, tag_maps, tag_rows

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.modules.catalogue import Catalogue
    from generator.modules.interface import Interface
    from generator.plan.root_plan import Argument, Backend, Output, ProviderBlock, Variable
    from generator.project import Project
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

    runtime: Runtime
    folder: str
    backend: Backend
    source: ModuleSource
    interface: Interface | None
    arguments: tuple[Argument, ...]
    variables: tuple[Variable, ...]
    outputs: tuple[Output, ...]
    providers: tuple[ProviderBlock, ...]
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
    if parts is not None and parts.runtime.labels:
        labels = steps.run(lambda: kubernetes_labels(tags, project.settings.tags)) or {}
    if parts is not None and loaded.job.infrastructure.kubernetes.labels:
        steps.run(lambda: check_clashes(loaded, labels or tags.as_map()))
    if steps.problems or parts is None:
        raise InputError(*steps.problems)
    job, settings = loaded.job, project.settings
    root_plan = RootPlan(
        folder=parts.folder,
        job_file=loaded.file,
        asset_file=loaded.asset_file,
        tenant=job.tenant_id,
        job=job.name,
        environment=job.environment,
        facts=facts_of(loaded, parts.runtime, tags),
        required_version=settings.terraform.required_version or _required_version(parts),
        required_providers=requirements(parts.providers, settings),
        backend=parts.backend,
        providers=parts.providers,
        variables=parts.variables,
        tag_maps=tag_maps(tags),
        tag_rows=tag_rows(tags),
        kubernetes_labels=labels,
        module=ModuleCall(parts.source.source, parts.source.version, parts.arguments),
        outputs=parts.outputs,
        identifiers=_identifiers(loaded),
        data=data_sources(loaded, parts.providers, parts.variables),
        gone_with=tuple(f"module.job.{address}" for address in parts.runtime.gone_with),
        orchestration=orchestration_of(loaded, parts.runtime, tags),
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
    runtime = steps.run(lambda: _runtime(loaded))
    folder = root_folder(loaded)
    root = f"{project.settings.output}/{folder}"
    backend = steps.run(lambda: backend_of(loaded, root))
    steps.run(lambda: check_place(loaded))
    steps.run(lambda: _identifiers(loaded))
    if runtime is None:
        return None
    steps.run(lambda: _refuse(runtime, loaded))
    launcher = steps.run(lambda: launcher_output(loaded, runtime))
    if not runtime.module and loaded.job.infrastructure.terraform.module is None:
        steps.run(lambda: _ownerless(runtime, loaded))
        return None
    module = steps.run(lambda: _module(project, loaded, runtime, catalogue, root))
    inputs = steps.run(lambda: _inputs(runtime, loaded))
    if module is None:
        return None
    source, interface = module
    outputs = steps.run(lambda: outputs_of(loaded, runtime, interface, source.shown))
    if launcher is not None:
        steps.run(lambda: check_output(loaded, launcher, interface, source.shown))
    if inputs is None:
        return None
    called = steps.run(
        lambda: arguments_of(loaded, inputs, interface, source.shown, runtime.labels)
    )
    if backend is None or called is None or outputs is None:
        return None
    providers = runtime.providers(loaded.job.infrastructure)
    warnings = [*backend[1], *_unchecked(source, interface), *_untagged(loaded, source, interface)]
    return _Parts(
        runtime, folder, backend[0], source, interface, *called, outputs, providers, warnings
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


def _runtime(loaded: LoadedJob) -> Runtime:
    infrastructure = loaded.job.infrastructure
    found = RUNTIMES.get((infrastructure.provider, infrastructure.runtime.type))
    if found is not None:
        return found
    from generator.hints import did_you_mean

    offered = types_of(infrastructure.provider)
    meant = did_you_mean(infrastructure.runtime.type, offered)
    hint = f'did you mean "{meant}"?' if meant else f"it has: {', '.join(offered)}"
    message = f'{infrastructure.provider} has no runtime "{infrastructure.runtime.type}" here'
    place = loaded.places.place(("infrastructure", "runtime", "type"))
    raise InputError(Problem("unknown-runtime", message, place, hint))


def _refuse(runtime: Runtime, loaded: LoadedJob) -> None:
    """A field that the runtime cannot honour is an error, not ignored."""
    problems = []
    for path in refused_fields(runtime, loaded.job.infrastructure):
        place = loaded.places.place(("infrastructure", *path.split(".")), True)
        message = f'"{path}" has no effect on {runtime.type}'
        told = [text for at, text in runtime.elsewhere if path == at or at in _above(path)]
        hint = f"remove it: {told[0]}" if told else "remove it"
        if place.file != loaded.file:
            hint = "set it under `clouds:` or `runtimes:` there, for those that have it"
        problems.append(Problem("no-effect", message, place, hint))
    if problems:
        raise InputError(*problems)


def _above(path: str) -> list[str]:
    """The beginnings of a dotted path that end in a dot."""
    return [path[: index + 1] for index, char in enumerate(path) if char == "."]


def _ownerless(runtime: Runtime, loaded: LoadedJob) -> None:
    message = f'there is no module for "{runtime.type}" here'
    hint = "name one of your own as terraform.module.source; its inputs are checked like any other"
    place = loaded.places.place(("infrastructure", "runtime", "type"))
    raise InputError(Problem("module-source", message, place, hint))


def _module(
    project: Project, loaded: LoadedJob, runtime: Runtime, catalogue: Catalogue, root: str
) -> tuple[ModuleSource, Interface | None]:
    source = module_source(project, loaded, runtime.module, root)
    if source.folder is None:
        return source, None
    interface = catalogue.find(source.folder, source.shown)
    if interface is None:
        message = f'there are no .tf files in "{source.shown}"'
        raise InputError(Problem("module-source", message, source.place))
    return source, interface


def _inputs(runtime: Runtime, loaded: LoadedJob) -> list[Input]:
    faults = Faults(loaded)
    inputs = list(runtime.inputs(loaded.job.infrastructure, loaded, faults))
    if faults.problems:
        raise InputError(*faults.problems)
    return own_inputs(loaded, inputs)


def _identifiers(loaded: LoadedJob) -> tuple[str, ...]:
    """The names of what the job reads back after apply; no variable could be filled in then.

    Their values are left out: a root stays the same when placeholders are filled in.
    """
    found = loaded.job.infrastructure.resource_identifiers
    for name, value in found.items():
        if isinstance(value, str) and "${" in value:
            finish(value, loaded.places.place(("infrastructure", "resource_identifiers", name)))
    return tuple(sorted(found))


def _required_version(parts: _Parts) -> str:
    newer = parts.backend.arguments.get("use_lockfile") or parts.runtime.gone_with
    return _NEWER_VERSION if newer else _BASE_VERSION


def _unchecked(source: ModuleSource, interface: Interface | None) -> list[Problem]:
    if interface is not None:
        return []
    message = f"the inputs of {source.source} are not checked, since no copy of it is at hand"
    hint = "run terraform init in the root once, then generate again"
    return [Problem("unchecked-module", message, source.place, hint, "warning")]


def _untagged(
    loaded: LoadedJob, source: ModuleSource, interface: Interface | None
) -> list[Problem]:
    """Where neither the module nor the provider takes tags, nothing would be tagged."""
    cloud = CLOUDS[loaded.job.infrastructure.provider]
    if interface is None or "tags" in interface.variables or cloud.tags_by_provider:
        return []
    message = f'the module {source.shown} has no input "tags", so its resources get none'
    hint = "give the module such an input: the provider of this cloud has no default tags"
    return [Problem("untagged", message, source.place, hint, "warning")]
