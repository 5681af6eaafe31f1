"""The jobs that one file stands for: one for each tenant and environment it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import Location, Problem, Problems
from generator.job.environments import not_allowed
from generator.job.project import Project
from generator.job.regions import ONE, REGIONS, Region, overlay_problems, regions_of
from generator.model.variables import escape, names_left, substitute
from generator.text.hints import did_you_mean, question, suggest

# The keys of a job file that dativo reads; all others are the ETL runner's own.
READ_KEYS = (
    "tenant_id",
    "environment",
    "name",
    "source_connector",
    "target_connector",
    "target",
    "asset",
    "asset_path",
    "schedule",
    "finops",
    "classification_overrides",
    "governance_overrides",
    "needs",
    "infrastructure",
)
_FIXED_KEYS = ("tenant_id", "environment", "tenants", "environments")
REGION_KEYS = tuple(key for key in READ_KEYS if key not in _FIXED_KEYS)
OVERLAY_KEYS = (*REGION_KEYS, REGIONS)


class Variant(NamedTuple):
    """A tenant, an environment and a region of a job file, and where each was written."""

    tenant: str
    environment: str
    tenant_location: Location
    environment_location: Location
    region: Region = ONE


def variants_of(project: Project, document: dict[str, Any], file: str) -> list[Variant]:
    """The variants of a job file, in its order, with the values of dativo.yaml filled in.

    Raises:
        InputError: the file names no tenant or environment, or lists them wrongly.
    """
    problems = Problems()
    tenants = _tenants(project, document, file, problems)
    environments = _environments(project, document, file, problems)
    problems += _not_allowed(project, environments)
    regions: dict[str, list[Region]] = {}
    for environment, _ in environments:
        regions[environment] = problems.attempt(regions_of, document, environment, file) or []
        for region in regions[environment]:
            problems += overlay_problems(region, REGION_KEYS, file)
    most = project.settings.roots_per_file
    roots = len(tenants) * sum(len(regions[environment]) for environment, _ in environments)
    if roots > most:
        message = f"this file stands for {roots} roots, at most {most} are allowed"
        hint = "split it into several; `roots_per_file` in dativo.yaml raises the limit"
        problems.error("too-many-roots", message, Location(file), hint)
    problems.raise_any()
    return [
        Variant(tenant, environment, tenant_location, environment_location, region)
        for tenant, tenant_location in tenants
        for environment, environment_location in environments
        for region in regions[environment]
    ]


def _tenants(
    project: Project, document: dict[str, Any], file: str, problems: Problems
) -> list[tuple[str, Location]]:
    settings = project.settings
    tenant = substitute(document.get("tenant_id"), project.values().texts)
    listed = document.get("tenants")
    location = Location(file, ("tenant_id",))
    if listed is not None:
        return _listed_tenants(tenant, listed, file, problems)
    if tenant is None:
        hint = "add for example `tenant_id: acme`"
        problems.append(_missing("tenant_id", hint, document, file))
    elif not isinstance(tenant, str):
        hint = "for several write `tenant_id: ${TENANT_ID}` and `tenants: [acme, globex]`"
        problems.error("invalid-value", '"tenant_id" must be text', location, hint)
    elif left := names_left(tenant):
        if settings.tenants and {name.upper() for name in left} == {"TENANT_ID"}:
            return [
                (substitute(tenant, {"TENANT_ID": name}), location) for name in settings.tenants
            ]
        hint = "list the tenants, here or in dativo.yaml: `tenants: [acme, globex]`"
        if left[0].upper() != "TENANT_ID":
            hint = f"add {left[0]} under `values:` in dativo.yaml"
        problems.error("undefined-variable", f"${{{left[0]}}} is not defined", location, hint)
    else:
        return [(tenant, location)]
    return []


def _listed_tenants(
    tenant: Any, listed: Any, file: str, problems: Problems
) -> list[tuple[str, Location]]:
    location = Location(file, ("tenants",))
    if not isinstance(listed, list) or not listed:
        problems.error("invalid-value", '"tenants" must be a list of tenant names', location)
        return []
    left = {name.upper() for name in names_left(tenant)} if isinstance(tenant, str) else set()
    if left != {"TENANT_ID"}:
        message = '"tenants" needs a tenant_id that says where the tenant goes'
        problems.error("invalid-value", message, location, "write `tenant_id: ${TENANT_ID}`")
        return []
    found: dict[str, Location] = {}
    for index, item in enumerate(listed):
        at = Location(file, ("tenants", index))
        if not isinstance(item, str):
            problems.error("invalid-value", "a tenant name must be text", at)
        elif item in found:
            problems.error("invalid-value", f'"{item}" is listed twice', at)
        else:
            found[item] = at
    return [(substitute(tenant, {"TENANT_ID": escape(item)}), at) for item, at in found.items()]


def _environments(
    project: Project, document: dict[str, Any], file: str, problems: Problems
) -> list[tuple[str, Location]]:
    values, listed = project.values().texts, document.get("environments")
    named = substitute(document.get("environment"), values)
    location = Location(file, ("environment",))
    if named is not None and not isinstance(named, str):
        hint = "for several write `environments: {dev: {}, prod: {}}`"
        problems.error("invalid-value", '"environment" must be text', location, hint)
        return []
    left = names_left(named) if named is not None else []
    if listed is not None and [name.upper() for name in left] == ["ENVIRONMENT"]:
        named, left = None, []
    if left:
        hint = "list the environments, for example `environments: {dev: {}, prod: {}}`"
        if left[0].upper() != "ENVIRONMENT":
            hint = f"add {left[0]} under `values:` in dativo.yaml"
        problems.error("undefined-variable", f"${{{left[0]}}} is not defined", location, hint)
        return []
    if listed is not None:
        return _listed_environments(named, listed, file, problems)
    default = project.settings.defaults.environment
    if named is None and default is None:
        hint = "add for example `environment: prod`; dativo.yaml can have a default for it"
        problems.append(_missing("environment", hint, document, file))
        return []
    return [(named, location)] if named is not None else [(default or "", Location(file))]


def _not_allowed(project: Project, environments: list[tuple[str, Location]]) -> Iterator[Problem]:
    """Environments that dativo.yaml does not list: a misspelt one would be a root of its own."""
    allowed = project.settings.environments.allowed
    for name, location in environments if allowed is not None else ():
        if problem := not_allowed(name, allowed or (), location):
            yield problem


def _missing(key: str, hint: str, document: dict[str, Any], file: str) -> Problem:
    """The problem of a key that is not there, or that stands there misspelt."""
    for written in document:
        if written not in READ_KEYS and did_you_mean(written, (key,)):
            location = Location(file, (written,), True)
            return Problem("unknown-key", f'unknown key "{written}"', location, question(key))
    return Problem("missing-key", f'"{key}" is missing', Location(file), hint)


def _listed_environments(
    named: str | None, listed: Any, file: str, problems: Problems
) -> list[tuple[str, Location]]:
    if not isinstance(listed, dict) or not listed:
        message = '"environments" must map each environment to what differs there'
        hint = "for example `environments: {dev: {}, prod: {}}`"
        problems.error("invalid-value", message, Location(file, ("environments",)), hint)
        return []
    if named is not None and named not in listed:
        message = f'"{named}" is not one of the environments: {", ".join(listed)}'
        problems.error("invalid-value", message, Location(file, ("environment",)))
    for name, overlay in listed.items():
        problems += _overlay_problems(name, overlay, file)
    return [(name, Location(file, ("environments", name), True)) for name in listed]


def _overlay_problems(name: str, overlay: Any, file: str) -> Iterator[Problem]:
    if overlay is not None and not isinstance(overlay, dict):
        message = f'"environments.{name}" must be a mapping of what differs there'
        yield Problem("invalid-value", message, Location(file, ("environments", name)))
        return
    for key in overlay or ():
        if key in OVERLAY_KEYS:
            continue
        hint = suggest(key, OVERLAY_KEYS, f"these can: {', '.join(OVERLAY_KEYS)}")
        location = Location(file, ("environments", name, key), True)
        yield Problem("unknown-key", f'"{key}" cannot differ by environment', location, hint)
