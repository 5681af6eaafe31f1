"""A job and its tags to the plan of its root module; no disk beyond the module's interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.errors import InputError, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.modules.catalogue import Catalogue
from generator.plan.advice import advice
from generator.plan.backend import backend_of
from generator.plan.called_module import (
    UNCHECKED,
    CalledModule,
    check_providers,
    module_of,
    runtime_of,
    warnings_of,
)
from generator.plan.effect import EffectiveJob, LeftOuts, effective_job
from generator.plan.empty_outputs import Empty, check_awaited, empty_outputs
from generator.plan.existing.find import data_sources
from generator.plan.inputs import arguments_of
from generator.plan.interfaces import root_outputs
from generator.plan.made.of_root import made_by
from generator.plan.mapped_inputs import LABELS, METADATA, TAGS, references_in
from generator.plan.metadata import stated
from generator.plan.needs.of_root import needs_of
from generator.plan.orchestrator import (
    check_output,
    launcher_output,
    orchestration_of,
    own_inputs,
)
from generator.plan.other_jobs import needed_roots
from generator.plan.outputs import identifiers_of, outputs_of
from generator.plan.providers import check_account, requirements, with_compliance
from generator.plan.reach import unreached
from generator.plan.review import review_of
from generator.plan.root_plan import (
    Argument,
    Backend,
    LeftOut,
    ModuleCall,
    Output,
    ProviderBlock,
    ProviderRequirement,
    RootPlan,
    Variable,
)
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.labels import check_clashes
from generator.plan.runtimes.runtime import RuntimeSpec, given_sticky
from generator.plan.summary import summary_of
from generator.plan.tag_maps import tag_maps
from generator.plan.version_conflicts import check_versions, derived_version
from generator.tags.relabel import labels_for
from generator.tags.tag_set import TagSet
from generator.text.expression import references


@dataclass(slots=True)
class _Parts:
    """What a root is made of, before its tags are known."""

    loaded: LoadedJob
    runtime: RuntimeSpec
    backend: Backend
    call: _Call
    used: frozenset[str]
    providers: tuple[ProviderBlock, ...]
    required_version: str
    required_providers: tuple[ProviderRequirement, ...]
    left_out: tuple[LeftOut, ...]
    empty: dict[str, str]
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
    problems = Problems()
    parts = _parts(project, loaded, catalogue, problems)
    if parts is None:
        raise InputError(*problems)
    warnings = _with_copy(project, loaded, catalogue, parts, problems)
    labels: dict[str, str] = {}
    used = parts.used
    if parts.runtime.labels or LABELS in used:
        found = problems.attempt(labels_for, tags, "kubernetes", project.settings.tags)
        labels = found[0] if found else {}
    if loaded.job.infrastructure.kubernetes.labels:
        problems.attempt(check_clashes, loaded, labels or tags.as_map())
    problems.raise_any()
    return _root_plan(parts, tags, labels), warnings


def _with_copy(
    project: Project, loaded: LoadedJob, catalogue: Catalogue, parts: _Parts, problems: Problems
) -> list[Problem]:
    """The warnings about a root, given a copy of its module that Terraform fetched, if any.

    The call is checked against the copy as well; the root stays as it is without one.
    """
    if parts.call.module.source.copy is None:
        return parts.warnings
    found = Problems()
    checked = _parts(project, loaded, catalogue, found, fetched=True)
    problems += [problem for problem in found if problem not in problems]
    told = [problem for problem in parts.warnings if problem.code != UNCHECKED]
    return [*told, *(p for p in (checked.warnings if checked else ()) if p not in told)]


def _root_plan(parts: _Parts, tags: TagSet, labels: dict[str, str]) -> RootPlan:
    loaded, call, used = parts.loaded, parts.call, parts.used
    job, source = loaded.job, call.module.source
    data = data_sources(loaded, parts.providers, call.variables, parts.required_providers)
    looked_up = references(*(value for one in data for value in (one.arguments, one.for_each)))
    interface = call.module.interface
    return RootPlan(
        folder=loaded.folder,
        job_file=loaded.file,
        asset_file=loaded.asset_file,
        tenant=job.tenant_id,
        job=job.name,
        environment=job.environment,
        region=loaded.region,
        summary=summary_of(loaded, parts.runtime, tags),
        required_version=parts.required_version,
        required_providers=parts.required_providers,
        backend=parts.backend,
        providers=parts.providers,
        variables=call.variables,
        tag_maps=tag_maps(tags, loaded.file),
        kubernetes_labels=labels,
        module=ModuleCall(source.source, source.version, call.arguments),
        outputs=call.outputs,
        identifiers=identifiers_of(loaded),
        data=data,
        metadata=stated(loaded.job, tags) if METADATA in used else {},
        gone_with=tuple(f"module.job.{address}" for address in parts.runtime.gone_with),
        orchestration=orchestration_of(loaded, parts.runtime, tags),
        runtime=parts.runtime.type,
        left_out=parts.left_out,
        sticky=given_sticky(parts.runtime, call.arguments),
        alone_in=_alone_in(parts),
        needs=needs_of(loaded, parts.runtime, source, call.arguments, data),
        review=review_of(call.arguments) if source.shipped else {},
        made=made_by(parts.runtime.module, call.arguments) if source.shipped else (),
        needed=needed_roots(loaded, used | looked_up, call.variables),
        offers=None if interface is None else root_outputs(interface),
        empty=parts.empty,
        cost_center=tags.on_cloud("cost_center"),
    )


def _alone_in(parts: _Parts) -> str:
    infrastructure = parts.loaded.job.infrastructure
    return "" if infrastructure.terraform.own_module else parts.runtime.alone_in(infrastructure)


def check(project: Project, loaded: LoadedJob, catalogue: Catalogue) -> Problems:
    """What ``plan`` would find wrong with a job whose tags are wrong already."""
    problems = Problems()
    _parts(project, loaded, catalogue, problems)
    return problems


def _parts(
    project: Project,
    loaded: LoadedJob,
    catalogue: Catalogue,
    problems: Problems,
    fetched: bool = False,
) -> _Parts | None:
    """What the job decides without its tags; None where too much is wrong with it."""
    runtime = problems.attempt(runtime_of, loaded)
    root = f"{project.settings.output}/{loaded.folder}"
    backend = problems.attempt(backend_of, loaded, root)
    problems.attempt(check_account, loaded)
    problems.attempt(identifiers_of, loaded)
    if runtime is None:
        return None
    effective = effective_job(runtime, loaded)
    problems += effective.problems
    call = _call(project, runtime, effective, catalogue, problems, fetched)
    if backend is None or call is None:
        return None
    return _joined(project, runtime, effective, backend, call, problems)


class _Call(NamedTuple):
    """The module call and its outputs, with what was left out for the module's sake."""

    module: CalledModule
    arguments: tuple[Argument, ...]
    variables: tuple[Variable, ...]
    outputs: tuple[Output, ...]
    empty: Mapping[str, Empty]
    left: LeftOuts


def _call(
    project: Project,
    runtime: RuntimeSpec,
    effective: EffectiveJob,
    catalogue: Catalogue,
    problems: Problems,
    fetched: bool,
) -> _Call | None:
    loaded, left = effective.loaded, LeftOuts(effective.loaded)
    root = f"{project.settings.output}/{loaded.folder}"
    launcher = problems.attempt(launcher_output, loaded, runtime)
    module = problems.attempt(module_of, project, loaded, runtime, catalogue, root, fetched)
    inputs = problems.attempt(_inputs, effective) if runtime.module or module else None
    of_tags = problems.attempt(_of_tags, project, runtime, loaded)
    if module is None:
        return None
    interface, source = module.interface, module.source
    asked = problems.attempt(outputs_of, loaded, runtime, module, left)
    if launcher is not None:
        problems.attempt(check_output, loaded, launcher, interface, source.shown)
    if inputs is None or of_tags is None:
        problems += _refused_too(effective, module)
        return None
    inputs += of_tags
    further = (left, runtime.labels, source.stand_in)
    called = problems.attempt(arguments_of, loaded, inputs, interface, source.shown, *further)
    if called is None or asked is None:
        return None
    empty = empty_outputs(loaded, runtime, called[0])
    return _Call(module, *called, asked.without(empty), empty, left)


def _joined(
    project: Project,
    runtime: RuntimeSpec,
    effective: EffectiveJob,
    backend: tuple[Backend, list[Problem]],
    call: _Call,
    problems: Problems,
) -> _Parts:
    """Versions, and what deserves a word, of a call that is right."""
    loaded, settings = effective.loaded, project.settings
    providers = with_compliance(runtime.providers(loaded.job.infrastructure), settings)
    problems.attempt(check_providers, call.module, providers)
    derived = derived_version(backend[0], runtime)
    required_version = settings.terraform.required_version or derived
    required = requirements(providers, settings)
    problems.attempt(check_versions, call.module, settings, required_version, derived, required)
    used = references_in(call.arguments)
    carried = not used.isdisjoint((TAGS, METADATA))
    awaiting = check_awaited(loaded, call.empty)
    problems += [problem for problem in awaiting if problem.severity == "error"]
    warnings = [
        *effective.warnings,
        *call.left.warnings,
        *(backend[1] if loaded.job.infrastructure.iac == "terraform" else []),
        *warnings_of(call.module, providers, carried),
        *advice(loaded, call.variables, _values(project, loaded)),
        *(problem for problem in awaiting if problem.severity == "warning"),
        *unreached(loaded, runtime),
    ]
    return _Parts(
        loaded=loaded,
        runtime=runtime,
        backend=backend[0],
        call=call,
        used=used,
        providers=providers,
        required_version=required_version,
        required_providers=required,
        left_out=(*effective.left_out, *call.left.left_out),
        empty={name: one.reason for name, one in call.empty.items()},
        warnings=warnings,
    )


def _values(project: Project, loaded: LoadedJob) -> dict[str, str]:
    return project.values(loaded.job.tenant_id, loaded.job.environment).texts


def _of_tags(project: Project, runtime: RuntimeSpec, loaded: LoadedJob) -> list[Input]:
    return [*runtime.of_tags(project.settings.tags, loaded)]


def _inputs(effective: EffectiveJob) -> list[Input]:
    if effective.input_problems or effective.inputs is None:
        raise InputError(*effective.input_problems)
    return own_inputs(effective.loaded, effective.inputs)


def _refused_too(effective: EffectiveJob, module: CalledModule) -> list[Problem]:
    """The values that the module refuses, beside those that are told to be wrong already."""
    told = {fault.location and fault.location[:2] for fault in effective.input_problems}
    loaded, inputs, source = effective.loaded, effective.inputs or [], module.source
    left = LeftOuts(loaded)
    try:
        arguments_of(loaded, inputs, module.interface, source.shown, left, stand_in=source.stand_in)
    except InputError as error:
        return [
            problem
            for problem in error.problems
            if problem.code == "invalid-value"
            and problem.location
            and problem.location[:2] not in told
        ]
    return []
