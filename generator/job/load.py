"""A job file's text to its jobs: one for each tenant and environment it names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator import job_file
from generator.errors import InputError, KeyPath, Place, Problem
from generator.job.loaded import Layer, Layers, LoadedJob, TagSource
from generator.job.merge import merge_all
from generator.job.variables import fill, finish, names_left
from generator.project import SETTINGS_FILE

if TYPE_CHECKING:
    from generator.job.job import Job
    from generator.project import Project

_OWN_KEYS = ("tenants", "environments")
_FIXED_KEYS = ("tenant_id", "environment", *_OWN_KEYS)
_READ_KEYS = (
    "tenant_id",
    "environment",
    "name",
    "source_connector",
    "target_connector",
    "asset",
    "asset_path",
    "schedule",
    "finops",
    "classification_overrides",
    "governance_overrides",
    "infrastructure",
)


def load(project: Project, file: str) -> tuple[list[LoadedJob], list[Problem]]:
    """Read one job file.

    Args:
        project: the repository.
        file: the job file, below the project folder.

    Returns:
        The jobs, one for each tenant and environment; none when the file has no
        ``infrastructure`` block. And warnings.

    Raises:
        InputError: anything wrong with the file or its asset; every problem is told.
    """
    document = parse(project, file)
    if document.get("infrastructure") is None:
        return [], list(_near_misses(document, file))
    jobs: list[LoadedJob] = []
    problems: list[Problem] = []
    for tenant, environment in _variants(project, document, file):
        try:
            jobs.append(_one(project, file, document, tenant, environment))
        except InputError as error:
            problems += [p for p in error.problems if p not in problems]
    if problems:
        raise InputError(*problems)
    return jobs, []


def parse(project: Project, file: str) -> dict[str, Any]:
    """The job file as plain data.

    Raises:
        InputError: it is not there, not YAML, or no mapping.
    """
    try:
        document = job_file.load(project.read(file), file)
    except OSError as error:
        raise InputError(
            Problem("unreadable", f"cannot read the file: {error.strerror}", Place(file))
        ) from None
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise InputError(Problem("not-a-mapping", "a job file must hold a mapping", Place(file)))
    return document


def _near_misses(document: dict[str, Any], file: str) -> Iterator[Problem]:
    """A job without ``infrastructure`` has no root; a misspelt one should not lose its root."""
    from generator.hints import did_you_mean

    for key in document:
        if key != "infrastructure" and did_you_mean(key, ["infrastructure"]):
            hint = 'did you mean "infrastructure"? without that block the job has no root module'
            yield Problem(
                "unknown-key", f'unknown key "{key}"', Place(file, (key,), True), hint, "warning"
            )


def _variants(project: Project, document: dict[str, Any], file: str) -> list[tuple[str, str]]:
    """The (tenant, environment) pairs of a file, with variables filled in."""
    values = project.settings.values
    tenants, problems = _tenants(document, file, values)
    environments = document.get("environments")
    default = fill(document.get("environment"), values) or project.settings.defaults.environment
    names: list[str] = []
    if environments is None:
        if default is None:
            hint = "add for example `environment: prod`, or `defaults: {environment: ...}` in dativo.yaml"
            problems.append(Problem("missing-key", '"environment" is missing', Place(file), hint))
        elif not isinstance(default, str):
            problems.append(
                Problem(
                    "invalid-value", '"environment" must be text', Place(file, ("environment",))
                )
            )
        else:
            names = [default]
    elif not isinstance(environments, dict) or not environments:
        message = '"environments" must map each environment to what differs there'
        problems.append(Problem("invalid-value", message, Place(file, ("environments",))))
    else:
        names = list(environments)
        if default is not None and "environment" in document and default not in environments:
            message = f'"{default}" is not one of the environments: {", ".join(names)}'
            problems.append(Problem("invalid-value", message, Place(file, ("environment",))))
        problems += _overlay_problems(environments, file)
    if problems:
        raise InputError(*problems)
    return [(tenant, name) for tenant in tenants for name in names]


def _tenants(
    document: dict[str, Any], file: str, values: dict[str, str]
) -> tuple[list[str], list[Problem]]:
    tenant, listed = fill(document.get("tenant_id"), values), document.get("tenants")
    if listed is None:
        if tenant is None:
            return [], [Problem("missing-key", '"tenant_id" is missing', Place(file))]
        if not isinstance(tenant, str):
            return [], [
                Problem("invalid-value", '"tenant_id" must be text', Place(file, ("tenant_id",)))
            ]
        if names_left(tenant):
            hint = "list the tenants, for example `tenants: [acme, globex]`"
            message = f'"{tenant}" names no tenant'
            return [], [Problem("undefined-variable", message, Place(file, ("tenant_id",)), hint)]
        return [tenant], []
    place = Place(file, ("tenants",))
    if (
        not isinstance(listed, list)
        or not listed
        or not all(isinstance(item, str) for item in listed)
    ):
        return [], [Problem("invalid-value", '"tenants" must be a list of tenant names', place)]
    if not isinstance(tenant, str) or "TENANT_ID" not in map(str.upper, names_left(tenant)):
        message = '"tenants" needs a tenant_id that says where the tenant goes'
        return [], [Problem("invalid-value", message, place, "write `tenant_id: ${TENANT_ID}`")]
    return [fill(tenant, {"TENANT_ID": item}) for item in listed], []


def _overlay_problems(environments: dict[str, Any], file: str) -> Iterator[Problem]:
    for name, overlay in environments.items():
        place = Place(file, ("environments", name))
        if overlay is not None and not isinstance(overlay, dict):
            yield Problem("invalid-value", f'"environments.{name}" must be a mapping', place)
            continue
        for key in overlay or {}:
            if key not in _READ_KEYS or key in _FIXED_KEYS:
                allowed = ", ".join(k for k in _READ_KEYS if k not in _FIXED_KEYS)
                place = Place(file, ("environments", name, key), True)
                yield Problem(
                    "unknown-key",
                    f'"{key}" cannot differ by environment',
                    place,
                    f"these can: {allowed}",
                )


def _one(
    project: Project, file: str, document: dict[str, Any], tenant: str, environment: str
) -> LoadedJob:
    own = _own_layers(file, document, environment)
    body = {
        key: value
        for key, value in merge_all([layer.data for layer in own]).items()
        if key in _READ_KEYS
    }
    infrastructure = body.get("infrastructure")
    if not isinstance(infrastructure, dict):
        message = '"infrastructure" must be a mapping'
        raise InputError(Problem("invalid-value", message, Place(file, ("infrastructure",))))
    defaults = _default_layers(project, infrastructure, tenant, environment)
    tags = infrastructure.get("tags")
    stripped = [{k: v for k, v in layer.data.items() if k != "tags"} for layer in defaults]
    body["infrastructure"] = merge_all([*stripped, infrastructure])
    body["tenant_id"], body["environment"] = tenant, environment
    body.setdefault("name", os.path.splitext(os.path.basename(file))[0])
    if tags is not None:
        body["infrastructure"]["tags"] = tags
    layers = Layers((*defaults, *own))
    known = _facts(project, body)
    body = fill(body, known)
    job = _validate(body, layers)
    _check_names(job, layers)
    from generator.job.asset_file import load_asset

    asset, asset_file, moved = load_asset(project, job, layers)
    return LoadedJob(
        job, file, asset, asset_file, _default_tags(defaults, known), layers, moved, document
    )


def _own_layers(file: str, document: dict[str, Any], environment: str) -> list[Layer]:
    base = {key: value for key, value in document.items() if key not in _OWN_KEYS}
    layers = [Layer(file, (), (), base)]
    overlay = (document.get("environments") or {}).get(environment)
    if overlay:
        layers.append(Layer(file, ("environments", environment), (), overlay))
    return layers


def _default_layers(
    project: Project, infrastructure: dict[str, Any], tenant: str, environment: str
) -> list[Layer]:
    """The defaults of dativo.yaml that apply, weakest first."""
    defaults = project.settings.defaults
    levels: list[tuple[KeyPath, Any]] = [
        ((), defaults),
        (("tenants", tenant), defaults.tenants.get(tenant)),
        (("environments", environment), defaults.environments.get(environment)),
    ]
    provider = infrastructure.get("provider")
    for _, level in levels:
        if "provider" not in infrastructure and level is not None:
            provider = level.infrastructure.get("provider", provider)
    layers = []
    for keys, level in levels:
        cloud = None if level is None else level.clouds.get(provider)
        for path, block in ((keys, level), ((*keys, "clouds", provider), cloud)):
            if block is not None and block.infrastructure:
                at = ("defaults", *path, "infrastructure")
                layers.append(Layer(SETTINGS_FILE, at, ("infrastructure",), block.infrastructure))
    return layers


def _default_tags(defaults: list[Layer], known: dict[str, str]) -> tuple[TagSource, ...]:
    sources = []
    for layer in defaults:
        tags = layer.data.get("tags")
        if tags is None:
            continue
        place = Place(layer.file, (*layer.prefix, "tags"))
        if not isinstance(tags, dict):
            raise InputError(Problem("invalid-value", '"tags" must be a mapping', place))
        sources.append(TagSource(fill(tags, known), place))
    return tuple(sources)


def _facts(project: Project, body: dict[str, Any]) -> dict[str, str]:
    """What ``${NAME}`` stands for: facts of the job before the values of dativo.yaml."""
    known: dict[str, str] = dict(project.settings.values)
    facts = {"TENANT_ID": body["tenant_id"], "ENVIRONMENT": body["environment"]}
    known.update(facts)
    infrastructure = body["infrastructure"]
    for fact, value in (
        ("REGION", infrastructure.get("region")),
        ("ASSET", body.get("asset")),
        ("JOB_NAME", body["name"]),
    ):
        if isinstance(value, str) and fact not in map(str.upper, names_left(value)):
            known[fact] = fill(value, known)
    return known


def _validate(body: dict[str, Any], layers: Layers) -> Job:
    from pydantic import ValidationError

    from generator.job.job import Job
    from generator.job.problems import problems_of

    try:
        return Job.model_validate(body)
    except ValidationError as error:
        raise InputError(*problems_of(error, Job, layers.place)) from None


def _check_names(job: Job, layers: Layers) -> None:
    from generator.job.fields import name_fault

    problems = []
    for kind, key, name in (
        ("tenant", "tenant_id", job.tenant_id),
        ("environment", "environment", job.environment),
        ("job", "name", job.name),
    ):
        place = layers.place((key,))
        fault = name_fault(kind, finish(name, place))
        if fault:
            from generator.job.problems import shown

            hint = "" if "name" in job.model_fields_set and key == "name" else ""
            problems.append(
                Problem("invalid-name", f"the {kind} name {shown(name)} {fault}", place, hint)
            )
    if problems:
        raise InputError(*problems)
