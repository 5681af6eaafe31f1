"""One row a root: who, where, how large, how often, under which tags, from which line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from generator.explanation.explanation import plain, tag_origins
from generator.inventory.places import Places
from generator.inventory.usage import Usage, usage_of
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.runtime_types import RUNTIME_TYPES
from generator.model.variables import waits
from generator.pipeline import claim
from generator.plan.advice import IMAGE
from generator.plan.made.count import total
from generator.plan.root_plan import RootPlan
from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from generator.tags.tag_set import TagSet

Row = dict[str, Any]
# Tags whose lines people look for, by the names of their columns.
_WHERE = {
    "cost_center": "cost_center",
    "owner": "owner",
    "team": "team",
    "business_unit": "business_unit",
    "data_classification": "classes",
    "encryption_required": "encryption_required",
}
# Fields below ``infrastructure`` likewise; where one is not set, where it would be added.
_FIELDS = {
    "key": ("storage", "kms_key_id"),
    "data": ("storage", "data_bucket"),
    "alerts": ("monitoring", "alerts"),
    "image": ("runtime", "image"),
}


def row_of(loaded: LoadedJob, tags: TagSet, plan: RootPlan, places: Places) -> Row:
    """All that is known of one root; what is not known is None.

    Args:
        loaded: the job.
        tags: its tags.
        plan: of its root.
        places: where values stand.
    """
    infrastructure = loaded.job.infrastructure
    own = infrastructure.terraform.own_module is not None
    module = "" if own else RUNTIME_TYPES[plan.runtime].module
    given = {one.name: plain(one.value) for one in plan.module.arguments}
    return {
        **_identity(loaded, plan),
        **_usage(usage_of(loaded, plan, module)),
        **_people(tags),
        **_data(tags),
        **_safety(infrastructure, given, own),
        **_image(given.get("image")),
        **_made(plan),
        "state": plan.backend.address,
        "data": _bucket(loaded, plan),
        "asset": tags.value_of("asset"),
        "asset_file": loaded.asset_file,
        "module": _module(plan),
        "where": _where(loaded, tags, places),
        "tags": _tags(tags, places),
    }


def _identity(loaded: LoadedJob, plan: RootPlan) -> Row:
    infrastructure = loaded.job.infrastructure
    account = infrastructure.account
    return {
        "address": plan.folder,
        "tenant": plan.tenant,
        "job": plan.job,
        "environment": plan.environment,
        "cloud": infrastructure.provider,
        "account": _text(account.account_id or account.project_id or account.subscription_id),
        "region": _text(infrastructure.region),
        "runtime": plan.runtime,
        "size": plan.summary.get("Runs on"),
    }


def _usage(usage: Usage) -> Row:
    return {
        "cpu": _exact(usage.cpu),
        "memory_gib": _exact(usage.memory_gib),
        "copies": usage.copies,
        "started_by": usage.started_by,
        "schedule": usage.schedule,
        "timezone": usage.timezone,
        "runs_a_month": _exact(usage.runs_a_month),
        "starts": [list(start) for start in usage.starts],
        "starts_utc": {
            month: [list(start) for start in starts]
            for month, starts in (usage.starts_utc or {}).items()
        }
        or None,
        "timeout_seconds": usage.timeout_seconds,
        "max_retries": usage.max_retries,
        "vcpu_hours_a_month": at_most(usage.vcpu_hours),
        "gib_hours_a_month": at_most(usage.gib_hours),
        "hours_capped": usage.capped or None,
        "hours_unknown": usage.unknown or None,
    }


def _people(tags: TagSet) -> Row:
    names = ("cost_center", "owner", "team", "business_unit")
    return {name: tags.value_of(name) for name in names}


def _data(tags: TagSet) -> Row:
    kept = tags.value_of("retention_days")
    return {
        "classes": _items(tags, "data_classification"),
        "regulations": _items(tags, "regulations"),
        "retention_days": int(kept) if kept is not None and kept.isdecimal() else kept,
        "encryption_required": {"true": True, "false": False}.get(
            (tags.value_of("encryption_required") or "").lower()
        ),
    }


def _items(tags: TagSet, concept: str) -> list[str]:
    found = (tag.values for tag in tags.merged.values() if tag.concept == concept)
    return [*next(found, ())]


def _safety(infrastructure: Infrastructure, given: Mapping[str, Any], own: bool) -> Row:
    """Keys, networks and alerts: of the call of a shipped module; else as the job says it."""
    monitoring = infrastructure.monitoring
    if own:
        told = monitoring.alerts if monitoring.enabled else None
        return {
            "key": _text(infrastructure.storage.kms_key_id),
            "key_settable": None,
            "private_network": None,
            "secrets": _secrets(given),
            "alerts": None if told is None else [*map(str, told.channels)],
        }
    honours = RUNTIMES[infrastructure.provider, infrastructure.runtime.type].honours
    alerts = given.get("alerts")
    watched = honoured(honours, "monitoring.alerts.channels")
    return {
        "key": _text(given.get("kms_key_id")),
        "key_settable": honoured(honours, "storage.kms_key_id"),
        "private_network": _private(infrastructure, honours, given.get("network")),
        "secrets": _secrets(given),
        "alerts": [*map(str, _channels(alerts))] if watched else None,
    }


def _channels(alerts: Any) -> list[Any]:
    channels = alerts.get("channels") if isinstance(alerts, dict) else None
    return [channels] if isinstance(channels, str) else [*(channels or ())]


def _private(infrastructure: Infrastructure, honours: frozenset[str], network: Any) -> bool | None:
    """Whether all traffic goes through a network of one's own; None in what exists already."""
    if isinstance(network, dict):
        return network.get("private") is not False
    elsewhere = infrastructure.runtime.cluster_name is not None
    if network is not None or elsewhere or not honoured(honours, "network.subnet_ids"):
        return None
    return False


def _secrets(given: Mapping[str, Any]) -> list[str]:
    """References to secrets, of variables and of what the job reads itself."""
    found: set[str] = set()
    for name in ("secrets", "readable_secrets"):
        value = given.get(name)
        found |= {str(one) for one in (value.values() if isinstance(value, dict) else value or ())}
    return sorted(found)


def _image(image: Any) -> Row:
    """The image; its tag, "latest" where it names none; and its digest."""
    read = IMAGE.fullmatch(image) if isinstance(image, str) and not waits(image) else None
    if read is None:
        return {"image": _text(image), "image_tag": None, "image_digest": None}
    tag = read["tag"] or (None if read["digest"] else "latest")
    digest = (read["digest"] or "").removeprefix("@") or None
    return {"image": image, "image_tag": tag, "image_digest": digest}


def _made(plan: RootPlan) -> Row:
    """How many resources; None where a part of the number is known to Terraform alone."""
    if not plan.made:
        return dict.fromkeys(("resources", "resources_at_least", "taggable", "not_taggable"))
    return {
        "resources": total(*(one.number for one in plan.made)),
        "resources_at_least": sum(one.number or 0 for one in plan.made),
        "taggable": total(*(one.number for one in plan.made if one.tagged)),
        "not_taggable": total(*(one.number for one in plan.made if not one.tagged)),
    }


def _module(plan: RootPlan) -> str:
    call = plan.module
    return f"{call.source} {call.version}" if call.version else call.source


def _bucket(loaded: LoadedJob, plan: RootPlan) -> str | None:
    """Where the job writes data: BUCKET/PREFIX."""
    bucket, prefix = claim(plan, loaded).data
    return f"{bucket}/{prefix}".rstrip("/") or None


def _where(loaded: LoadedJob, tags: TagSet, places: Places) -> dict[str, str | None]:
    """``file:line`` of what a reader of the report wants to change."""
    at = loaded.locations.location
    found: dict[str, str | None] = {"job": places.of(at(("name",)))}
    found |= dict.fromkeys(_WHERE.values())
    for tag in tags.merged.values():
        if tag.concept in _WHERE:
            found[_WHERE[tag.concept]] = places.of(tag.location) or None
    for name, path in _FIELDS.items():
        found[name] = places.of(at(("infrastructure", *path)))
    return found


def _tags(tags: TagSet, places: Places) -> list[Row]:
    """As ``explain`` tells them, in the words of the report."""
    return [
        {
            "key": one["key"],
            "value": one["value"],
            "written": one["written"],
            "layer": one["layer"],
            "where": one["from"],
            "overrode": [
                {"value": lost["value"], "layer": lost["layer"], "where": lost["from"]}
                for lost in one["overrides"]
            ],
        }
        for one in tag_origins(tags, places)
    ]


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(plain(value))


def _exact(number: Fraction | None) -> float | int | None:
    """Whole numbers as such; others to six places, which no input of a job is finer than."""
    if number is None:
        return None
    return int(number) if number.denominator == 1 else round(float(number), 6)


def at_most(number: Fraction | None) -> float | None:
    """An upper bound to two places, which therefore is rounded up."""
    return None if number is None else ceil(number * 100) / 100
