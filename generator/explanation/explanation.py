"""Where every tag, input and name of a root comes from, as plain data.

Of one root::

    {"job": "jobs/acme/stripe.yaml", "asset": "assets/stripe.yaml" or null,
     "tenant": "acme", "name": "stripe", "environment": "prod", "cloud": "aws",
     "tags": [{"key": "CostCenter",        as on the cloud
               "value": "FIN-001",         as on the cloud
               "concept": "cost_center",   or, for a tag of the user's own, the key as written
               "written": "FIN-001",       or a list of texts
               "layer": "job", "from": "jobs/acme/stripe.yaml:11" or "dativo",
               "overrides": [{"value": ..., "written": ..., "layer": ..., "from": ...}]}],
     "removed_tags": [{"key": ..., "layer": ..., "from": ..., "overrides": [...]}],

and if its module call holds no error::

     "root": "generated/acme/stripe/prod",
     "backend": {"type": "s3", "arguments": {...}, "address": "s3://..."},
     "values": [{"name": "RUNNER_VERSION", "value": "1.5.0", "from": "dativo.yaml:9"}],
     "account": [{"field": "assume_role.role_arn", "value": ..., "from": "dativo.yaml:9"}],
     "module": {"source": "../../../../modules/aws-ecs-fargate", "version": null},
     "inputs": [{"name": "cpu", "value": 1, "from": "jobs/acme/stripe.yaml:19" or words}],
     "variables": [{"name": ..., "type": ..., "description": ..., "used_by": [...]}],
     "left_out": [{"field": "network.vpc_id", "from": "dativo.yaml:9",
                   "why": '"network.vpc_id" has no effect on kubernetes'}],
     "outputs": [...], "identifiers": {...},
     "needs": [{"root": "generated/acme/land/prod", "job": "jobs/land.yaml", "outputs": ["id"],
                "read": "data.terraform_remote_state.land", "var.land_id" or null}]}

A job that another tool than Terraform deploys has neither root nor backend.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import Location
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.problems import dotted
from generator.model.variables import names_left
from generator.plan.root_plan import Argument, NeededRoot, RootPlan
from generator.report.located import Lines
from generator.tags.tag_set import Tag, TagSet
from generator.text.expression import Interpolation, Reference
from generator.yaml.data import scalars, texts
from generator.yaml.scalars import typed


def explanation(
    project: Project, loaded: LoadedJob, tags: TagSet, plan: RootPlan | None
) -> dict[str, Any]:
    """Everything about one root, with file and line of every origin.

    Args:
        project: the repository.
        loaded: the job.
        tags: its tags.
        plan: its root; None when something in it is wrong.
    """
    lines = Lines(project.folder)
    job = loaded.job
    root: dict[str, Any] = {
        "job": loaded.file,
        "asset": loaded.asset_file,
        "tenant": job.tenant_id,
        "name": job.name,
        "environment": job.environment,
        **({"region": job.infrastructure.region} if loaded.region else {}),
        "cloud": tags.cloud,
        "tags": tag_origins(tags, lines),
        "removed_tags": [
            {"key": key, "layer": tag.layer, "from": _from(tag, lines), **_lost(key, tags, lines)}
            for key, tag in tags.removed.items()
        ],
    }
    if plan is not None:
        identifiers = typed(job.infrastructure.resource_identifiers)
        if job.infrastructure.iac == "terraform":
            root |= _written(project, plan)
        root |= {"values": list(_values(project, loaded, lines))}
        root |= {"account": list(_account(loaded, plan, lines))}
        root |= {**_planned(plan, lines, project.settings.output), "identifiers": identifiers}
    return root


def tag_origins(tags: TagSet, lines: Lines) -> list[dict[str, Any]]:
    """Every tag with its value and origin, and what it overrode; see the top of this file."""
    return [
        {"key": key, "value": tag.value, **_origin(tag, lines), **_lost(key, tags, lines)}
        for key, tag in tags.merged.items()
    ]


def _values(project: Project, loaded: LoadedJob, lines: Lines) -> Iterator[dict[str, Any]]:
    """The values of dativo.yaml that the job is made with, and which line each comes from."""
    values = project.values(loaded.job.tenant_id, loaded.job.environment)
    data = [layer.data for layer in loaded.locations.layers]
    used = {name for _, text in texts(data) for name in names_left(text)}
    while (
        more := {name for each in used & values.raw.keys() for name in names_left(values.raw[each])}
        - used
    ):
        used |= more
    for name in sorted(used & values.texts.keys()):
        at = Location(SETTINGS_FILE, values.places[name])
        yield {"name": name, "value": values.texts[name], "from": lines.of(at)}


def _account(loaded: LoadedJob, plan: RootPlan, lines: Lines) -> Iterator[dict[str, Any]]:
    """Where the root is, and as whom it acts there: what has an effect, and who said so."""
    left_out = {left.field for left in plan.left_out}
    given = loaded.job.infrastructure.account.model_dump(exclude_unset=True)
    for path, value in scalars(given):
        names = [".".join(map(str, path[:length])) for length in range(1, len(path) + 1)]
        if value is None or any(f"account.{name}" in left_out for name in names):
            continue
        at = loaded.locations.location(("infrastructure", "account", *path))
        yield {"field": dotted(path), "value": value, "from": lines.of(at)}


def _planned(plan: RootPlan, lines: Lines, output: str) -> dict[str, Any]:
    return {
        "module": {"source": plan.module.source, "version": plan.module.version},
        "inputs": [_input(argument, lines) for argument in plan.module.arguments],
        "variables": [
            {
                "name": variable.name,
                "type": variable.type,
                "description": variable.description,
                "used_by": list(variable.used_by),
            }
            for variable in plan.variables
        ],
        "left_out": [
            {"field": left.field, "from": lines.of(left.location), "why": left.message}
            for left in plan.left_out
        ],
        "outputs": [one.name for one in plan.outputs],
        "needs": [
            {
                "root": f"{output}/{one.folder}",
                "job": one.file,
                "outputs": list(one.outputs),
                "read": _read(one),
            }
            for one in plan.needed
        ],
    }


def _read(one: NeededRoot) -> str | None:
    """How the outputs of another root come into this one; None where none does."""
    if one.source is not None:
        return f"data.{one.source.type}.{one.source.name}"
    return ", ".join(f"var.{name}" for name in one.handed.values()) or None


def _written(project: Project, plan: RootPlan) -> dict[str, Any]:
    """Where the root is, and its state."""
    backend = plan.backend
    return {
        "root": f"{project.settings.output}/{plan.folder}",
        "backend": {
            "type": backend.type,
            "arguments": plain(backend.arguments),
            "address": backend.address,
        },
    }


def _input(argument: Argument, lines: Lines) -> dict[str, Any]:
    origin = lines.of(argument.origin.location) or argument.origin.source
    return {"name": argument.name, "value": plain(argument.value), "from": origin}


def _origin(tag: Tag, lines: Lines) -> dict[str, Any]:
    written: str | list[str] = tag.values[0] if len(tag.values) == 1 else list(tag.values)
    return {
        "concept": tag.concept,
        "written": written,
        "layer": tag.layer,
        "from": _from(tag, lines),
    }


def _lost(key: str, tags: TagSet, lines: Lines) -> dict[str, Any]:
    lost = tags.overridden.get(key, ())
    return {"overrides": [{"value": tag.value, **_origin(tag, lines)} for tag in lost]}


def _from(tag: Tag, lines: Lines) -> str:
    return lines.of(tag.location) or "dativo"


def plain(value: Any) -> Any:
    """A value for people and JSON: references and templates as Terraform shows them."""
    if isinstance(value, Reference):
        return value.text
    if isinstance(value, Interpolation):
        return "".join(p if isinstance(p, str) else "${" + p.text + "}" for p in value.parts)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
