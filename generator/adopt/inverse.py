"""The way back from inputs of a shipped module to the fields of a job that make them.

A row of a runtime's table that passes its field on needs nothing here; these are the inputs that
are made of several fields, or in another form. A guess is enough: what the proposed job comes to
is compared with the root, and an input that came out otherwise is written as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.errors import KeyPath
from generator.plan.job_paths import plain
from generator.plan.runtimes.runtime import RuntimeSpec

_MIB_PER_GIB = 1024
Fields = dict[str, Any]


def fields_of(runtime: RuntimeSpec, inputs: Mapping[str, Any]) -> dict[KeyPath, Any]:
    """The fields of a job that probably make some inputs.

    Args:
        runtime: of the job.
        inputs: of the module call, plain data.
    """
    found: dict[KeyPath, Any] = {}
    for name, value in inputs.items():
        for path, one in _of(runtime, name, value):
            found[("infrastructure", *path.split("."))] = one
    if "schedule" in inputs and (schedule := _schedule(inputs["schedule"])) is not None:
        found[("schedule",)] = schedule
    return found


def _of(runtime: RuntimeSpec, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if (inverse := _INVERSES.get(name)) is not None and (fields := inverse(value)) is not None:
        yield from fields.items()
        return
    rows = [field for field in runtime.fields if field.input == name]
    if len(rows) == 1 and rows[0].convert is plain and not rows[0].path.startswith("/"):
        path = rows[0].path.rstrip(".")
        is_size = path in ("runtime.memory", "runtime.ephemeral_storage")
        yield path, _size(value) if is_size else value


def _size(mib: Any) -> Any:
    if not isinstance(mib, int):
        return mib
    return f"{mib}Mi" if mib % _MIB_PER_GIB else f"{mib // _MIB_PER_GIB}Gi"


def _parts(names: Mapping[str, str]) -> Callable[[Any], Fields | None]:
    """An object whose attributes are fields, by name; one that has others is left as it is."""

    def inverse(value: Any) -> Fields | None:
        if not isinstance(value, dict) or not value.keys() <= names.keys():
            return None
        return {names[key]: item for key, item in value.items()}

    return inverse


def _network(value: Any) -> Fields | None:
    single = {"subnetwork", "subnet_id"}
    found = _parts(
        {
            **{name: f"network.{name}" for name in ("vpc_id", "subnet_ids", "security_group_ids")},
            **{name: f"network.{name}" for name in ("egress_cidr_blocks", "private", "connector")},
            "network_tags": "network.network_tags",
            "network": "network.vpc_id",
            **dict.fromkeys(single, "network.subnet_ids"),
        }
    )(value)
    if found is not None and single & value.keys():
        found["network.subnet_ids"] = [found["network.subnet_ids"]]
    return found


def _alerts(value: Any) -> Fields | None:
    if not isinstance(value, dict):
        return None
    at = "monitoring.alerts"
    own = ("channels", "records_field")
    return {
        f"{at}.{key}" if key in own else f"{at}.thresholds.{key}": item
        for key, item in value.items()
    } or None


def _nodes(value: Any) -> Fields | None:
    if not isinstance(value, dict):
        return None
    return {f"runtime.nodes.{key}": item for key, item in value.items()}


def _only(path: str) -> Callable[[Any], Fields | None]:
    return lambda value: {path: value}


def _first(path: str) -> Callable[[Any], Fields | None]:
    def inverse(value: Any) -> Fields | None:
        return {path: value[0]} if isinstance(value, list) and len(value) == 1 else None

    return inverse


_INVERSES: dict[str, Callable[[Any], Fields | None]] = {
    "storage": _parts(
        {
            "bucket": "storage.data_bucket",
            "container_id": "storage.data_bucket",
            **{f"{n}": f"storage.{n}" for n in ("prefix", "state_prefix", "allow_delete")},
            "state_bucket": "storage.state_bucket",
            "state_container_id": "storage.state_bucket",
        }
    ),
    "network": _network,
    "alerts": _alerts,
    "nodes": _nodes,
    "access": _only("access"),
    "environment_variables": _only("runtime.environment"),
    "readable_secrets": _only("runtime.readable_secrets"),
    "workers": _parts({"min": "runtime.scaling.min", "max": "runtime.scaling.max"}),
    **dict.fromkeys(
        ("parallelism", "max_instances", "reserved_concurrency"), _only("runtime.scaling.max")
    ),
    "ephemeral_storage_gib": lambda value: {"runtime.ephemeral_storage": f"{value}Gi"},
    "secrets_kms_key_arns": _first("references.secrets.kms_key_id"),
    "container_insights": _only("monitoring.enabled"),
    "schedule": lambda _: {},
}
_EVENTBRIDGE = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) \*\)")
_QUARTZ = re.compile(r"0 (\S+) (\S+) (\S+) (\S+) (\S+)")


def _schedule(value: Any) -> Any:
    """A schedule with its five fields of cron; None where it has another form."""
    if not isinstance(value, dict) or not isinstance(value.get("expression"), str):
        return None
    expression = value["expression"]
    match = _EVENTBRIDGE.fullmatch(expression) or _QUARTZ.fullmatch(expression)
    if match is not None:
        fields = [re.sub(r"\b0/", "*/", one.replace("?", "*")) for one in match.groups()]
        expression = " ".join(fields)
    rest = {key: item for key, item in value.items() if key != "expression"}
    return {"cron": expression, **rest}
