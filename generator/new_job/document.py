"""What was said of a new job as the document of its file, without what dativo.yaml says as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.job.defaults import default_layers, default_provider, default_tags, without_tags
from generator.job.job_variables import early_variables
from generator.job.merge import merge_all
from generator.job.project import Project
from generator.model.runtime_types import RUNTIME_TYPES
from generator.new_job.fields import FIELDS, Answers
from generator.yaml.data import value_at

_ALWAYS = (("infrastructure", "runtime", "type"),)
# Stand for what was not said yet, so that everything that is missing can be told at once.
UNSAID = {"name": "new-job", "tenant": "tenant", "environment": "prod"}


class Draft(NamedTuple):
    """A job file that is not written yet.

    Attributes:
        document: its content.
        given: what dativo.yaml gives it: paths below ``infrastructure``, dotted, outermost.
        left_out: option to what it said, where dativo.yaml says the same.
    """

    document: dict[str, Any]
    given: tuple[str, ...]
    left_out: tuple[str, ...]


def draft(project: Project, name: str, answers: Answers) -> Draft:
    """The document of a job.

    Args:
        project: the repository.
        name: the job's.
        answers: option name to text, list of text or mapping.
    """
    document: dict[str, Any] = {}
    environments = list(answers.get("environment") or ())
    for field in FIELDS:
        value = answers.get(field.name)
        if value is None or field.name == "environment":
            continue
        _put(document, field.keys, value)
    document = {"tenant_id": document.pop("tenant_id", ""), **_where(project, environments)} | {
        "name": name,
        **document,
    }
    if "asset_path" in document:
        document = _named_asset(document, answers["asset_name"])
    left_out, given = _without_defaults(project, document, environments)
    return Draft(_ordered(document), given, left_out)


def chosen_provider(project: Project, answers: Answers) -> str | None:
    """The cloud of a job that names none: dativo.yaml's, its runtime's, the only one it has.

    Args:
        project: the repository.
        answers: as ``draft`` takes them.
    """
    said = answers.get("provider")
    if said is not None:
        return str(said)
    environments = answers.get("environment") or [None]
    where = {"tenant_id": answers.get("tenant"), "environment": environments[0]}
    found = default_provider(project, where)
    row = RUNTIME_TYPES.get(answers.get("runtime") or "")
    if found is None and row is not None and len(row.clouds) == 1:
        found = row.clouds[0]
    clouds = project.settings.defaults.clouds
    return next(iter(clouds)) if found is None and len(clouds) == 1 else found


def defaults_of(
    project: Project, infrastructure: dict[str, Any], tenant: str, environment: str
) -> dict[str, Any]:
    """What dativo.yaml gives to a job's ``infrastructure``, its tags included."""
    variables = early_variables(project, tenant, environment)
    layers = default_layers(project, [infrastructure], variables)
    merged = merge_all([without_tags(layer) for layer in layers])
    tags = merge_all([source.data for source in default_tags(layers, [], variables)])
    return {**merged, **({"tags": tags} if tags else {})}


def _where(project: Project, environments: list[str]) -> dict[str, Any]:
    """One environment by its name, unless dativo.yaml names it; several as a block at the end."""
    if len(environments) == 1 and environments[0] != project.settings.defaults.environment:
        return {"environment": environments[0]}
    return {}


def _ordered(document: dict[str, Any]) -> dict[str, Any]:
    """Infrastructure and environments at the end, as people write them."""
    last = ("infrastructure", "environments")
    first = {key: value for key, value in document.items() if key not in last}
    return first | {key: document[key] for key in last if key in document}


def _named_asset(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        key: value
        for at, held in document.items()
        for key, value in ((("asset", name), (at, held)) if at == "asset_path" else ((at, held),))
    }


def _put(document: dict[str, Any], path: KeyPath, value: Any) -> None:
    for key in path[:-1]:
        document = document.setdefault(str(key), {})
    last = str(path[-1])
    if isinstance(value, Mapping):
        document.setdefault(last, {}).update(value)
    else:
        document[last] = value


def _without_defaults(
    project: Project, document: dict[str, Any], environments: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take out what dativo.yaml gives in each environment; what was taken, and what it gives."""
    infrastructure = document.setdefault("infrastructure", {})
    named = environments or [project.settings.defaults.environment or UNSAID["environment"]]
    given = [defaults_of(project, infrastructure, document["tenant_id"], name) for name in named]
    taken = []
    for field in FIELDS:
        below = field.keys[1:]
        if (
            field.keys[0] != "infrastructure"
            or field.keys in _ALWAYS
            or field.kind in {"map", "values"}
        ):
            continue
        value, there = value_at(infrastructure, below)
        if there and all(_equal(value_at(one, below), value) for one in given):
            _remove(infrastructure, below)
            taken.append(field.option)
    if len(environments) > 1:
        document["environments"] = {name: {} for name in environments}
    return tuple(taken), tuple(dict.fromkeys(_outermost(given[0], infrastructure)))


def _equal(found: tuple[Any, bool], value: Any) -> bool:
    given, there = found
    if isinstance(value, list | tuple):
        return there and isinstance(given, list | tuple) and list(given) == list(value)
    return there and str(given) == str(value)


def _remove(document: dict[str, Any], path: KeyPath) -> None:
    inner = document
    for key in path[:-1]:
        inner = inner[str(key)]
    del inner[str(path[-1])]
    if not inner and path[:-1]:
        _remove(document, path[:-1])


def _outermost(given: dict[str, Any], own: dict[str, Any], at: str = "") -> Iterator[str]:
    """The paths that only dativo.yaml has; a mapping as one, unless the job adds to it."""
    for key, value in given.items():
        mine = own.get(key)
        if isinstance(value, dict) and isinstance(mine, dict):
            yield from _outermost(value, mine, f"{at}{key}.")
        elif key not in own:
            yield f"{at}{key}"
