"""What a reviewer asks of a root: what it may do, where it can go, and who hears of failures.

Read from the call of a shipped module, whose inputs are called alike. A module of the user's own
may do anything with its inputs, so nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.plan.needs.need import NOTHING
from generator.plan.root_plan import Argument
from generator.text.expression import Interpolation, Reference
from generator.text.patterns import lazy

# What every module makes of tenant, environment and name as it stands, within its shortest limit:
# the id of a service account on Google Cloud.
_PLAIN = lazy(r"[a-z][a-z0-9]*-[a-z0-9]+-[a-z0-9]+(?:-[a-z0-9]+)*(?<!-[0-9a-f]{8})")
_TAKEN = ("goog", "kube")
_LONGEST = 30
_UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
# Of an input that says something else of the network than where it is.
_PLACES = ("vpc_id", "network", "connector", "subnet_ids", "subnetwork", "subnet_id")
_GUARDS = ("security_group_ids", "network_tags")

Rows = dict[str, tuple[str, ...]]


def review_of(arguments: Iterable[Argument]) -> Rows:
    """Label to the items of its row, in reading order; a row without any is left out.

    Args:
        arguments: of the call of a shipped module.
    """
    given = {argument.name: argument.value for argument in arguments}
    worker = given.get("workers") not in NOTHING
    rows = {
        "Names": _names(given),
        "Timeout": () if worker else _timeout(given.get("timeout_seconds")),
        "Retries": () if worker else [_text(given.get("max_retries")) or "none"],
        "May": _rights(given),
        "Network": _network(given),
        "Key": _keys(given),
        "Alerts": _alerts(given.get("alerts")),
    }
    if "budgets" in given:  # of a bill, by which nothing runs
        rows = {"Names": rows["Names"], "Budgets": _budgets(given["budgets"])}
    found = {label: tuple(dict.fromkeys(items)) for label, items in rows.items()}
    return {label: items for label, items in found.items() if items}


def _budgets(budgets: Any) -> Iterator[str]:
    """What may be spent by whom, and who hears when it is."""
    for name, one in budgets.items() if isinstance(budgets, dict) else ():
        heard = ", ".join([*one["alerts"]["emails"], *one["alerts"]["channels"]])
        yield f"{name}: {one['amount']} {one['period']}, told to {heard}"


def _names(given: Mapping[str, Any]) -> Iterator[str]:
    """What everything in the cloud is called or begins with, where nothing has to be cut."""
    parts = [given.get(key) for key in ("tenant", "environment", "name")]
    if not all(isinstance(part, str) for part in parts):
        return
    name, scope = "-".join(map(str, parts)), "".join(map(str, parts[:2]))
    plain = "-" not in scope and _PLAIN.fullmatch(name)
    if plain and len(name) <= _LONGEST and not name.startswith(_TAKEN):
        yield name


def _timeout(seconds: Any) -> Iterator[str]:
    if isinstance(seconds, int):
        yield _duration(seconds)
    elif seconds is not None:
        yield f"{_text(seconds)} seconds"


def _rights(given: Mapping[str, Any]) -> Iterator[str]:
    """What the job's identity is given; one that exists already has what it has."""
    if given.get("identity") not in NOTHING:
        yield f"what {_text(given['identity'])} may, which exists already"
        return
    storage = given.get("storage")
    if isinstance(storage, dict):
        what = (
            "read and write" if storage.get("allow_delete") in NOTHING else "read, write and delete"
        )
        yield f"{what} objects in its buckets"
    for one in _items(given.get("access")):
        if isinstance(one, dict):
            yield f"{_text(one.get('role') or one.get('level'))} {_text(one.get('resource'))}"
    for secret in (*_items(given.get("secrets")), *_items(given.get("readable_secrets"))):
        yield f"read the secret {_text(secret)}"


def _network(given: Mapping[str, Any]) -> Iterator[str]:
    network = given.get("network")
    if isinstance(network, dict):
        for key in (*_PLACES, *_GUARDS):
            yield from map(_text, _items(network.get(key)))
        if network.get("private") is False:
            yield "with a public address"
    policy = given.get("network_policy")
    for holder in (network, policy):
        blocks = holder.get("egress_cidr_blocks") if isinstance(holder, dict) else None
        if blocks is not None:
            yield f"HTTPS to {_joined(blocks) or 'nowhere'}"
    if isinstance(policy, dict) and policy.get("egress_ports") not in NOTHING:
        yield f"TCP to the ports {_joined(policy['egress_ports'])}"
    rules = given.get("egress_rules")
    if isinstance(rules, dict):
        yield from (f"to {_text(name)}, port {_text(r['port'])}" for name, r in rules.items())


def _keys(given: Mapping[str, Any]) -> Iterator[str]:
    """Keys of the user's own; without any, the cloud's or one that the module makes."""
    yield _text(given.get("kms_key_id")) or "none of yours"
    logs = given.get("log_kms_key_arn") or given.get("log_kms_key_id")
    if logs not in NOTHING:
        yield f"{_text(logs)} for logs"


def _alerts(alerts: Any) -> Iterator[str]:
    if not isinstance(alerts, dict):
        yield "none" if alerts is None else _text(alerts)
        return
    for name, value in alerts.items():
        if name != "channels":
            yield f"{name} {_text(value)}"
    channels = alerts.get("channels")
    yield f"to {_joined(channels)}" if channels not in NOTHING else "to nobody"


def _items(value: Any) -> list[Any]:
    """A list's items, a map's values, or the one value itself."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in NOTHING else [value]


def _joined(value: Any) -> str:
    return ", ".join(map(_text, _items(value)))


def _text(value: Any) -> str:
    """A value for people; what Terraform alone knows by what it is called there."""
    if value in NOTHING:
        return ""
    if isinstance(value, Reference):
        return value.text
    if isinstance(value, Interpolation):
        return "".join(p.text if isinstance(p, Reference) else p for p in value.parts)
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, dict | list | tuple):
        return _joined(value)
    return str(value) if isinstance(value, str | int | float) else "known to Terraform alone"


def _duration(seconds: int) -> str:
    """Seconds as people say them: ``1 h 30 min``."""
    found = []
    for unit, size in _UNITS:
        many, seconds = divmod(seconds, size)
        found += [f"{many} {unit}"] if many else []
    return " ".join(found)
