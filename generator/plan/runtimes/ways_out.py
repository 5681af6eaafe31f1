"""Ports and hosts of ``references``: where a firewall of the job's own has to let it through."""

from __future__ import annotations

from itertools import product
from operator import attrgetter
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.model.infrastructure import Infrastructure, Reachable
from generator.model.variables import waits
from generator.plan.runtimes.runtime import Faults

_NAMES = ("cache", "database", "queue")
# Fields that a runtime honours whose firewall takes blocks, or security groups.
BLOCKS = frozenset(f"references.{name}.cidr_blocks" for name in _NAMES)
GROUPS = frozenset(f"references.{name}.security_group_ids" for name in _NAMES)
# What schemes stand for (IANA service names; Redis has registered 6379).
_SCHEMES = {"https": 443, "http": 80, "amqp": 5672, "amqps": 5671, "redis": 6379, "rediss": 6379}
_SCHEMES |= {"postgres": 5432, "postgresql": 5432, "redshift": 5439, "mysql": 3306}
_SCHEMES |= {"mariadb": 3306, "sqlserver": 1433, "mongodb": 27017}
# How the names of resources start: Amazon's, Google's, Azure's. A name is no address: such a thing
# is reached by its cloud's own API, which speaks HTTPS.
_RESOURCES = ("arn:", "projects/", "/subscriptions/")


class Way(NamedTuple):
    """A way out of the job's network to one thing that exists.

    Attributes:
        name: database, cache or queue.
        ports: TCP ports; none where the job names none.
        blocks: CIDR blocks that it is in, its own address among them; empty where a name alone
            is known, which no firewall looks up.
        groups: security groups that it is in.
        field: what should tell the port, dotted, below ``infrastructure.references``.
    """

    name: str
    ports: tuple[int, ...]
    blocks: tuple[str, ...]
    groups: tuple[str, ...]
    field: str


def ways(infrastructure: Infrastructure) -> list[Way]:
    """The ways to whatever ``references`` names by an address.

    Args:
        infrastructure: the job's block.
    """
    known = infrastructure.references
    found = (
        _way("cache", "endpoint", known.cache.endpoint, known.cache),
        _way("database", "endpoint", known.database.endpoint, known.database, known.database.port),
        _way("queue", "url", known.queue.url, known.queue),
    )
    return [way for way in found if way is not None]


def _way(
    name: str, field: str, text: str | None, of: Reachable, port: int | None = None
) -> Way | None:
    if text is None and port is None:
        return None
    parts = [_parts(address) for address in (text or "").split(",")]
    told = {found for _, found in parts if found is not None}
    hosts = [_block(host) for host, _ in parts]
    blocks = of.cidr_blocks
    if not blocks and not of.security_group_ids:
        blocks = tuple(block for block in hosts if block) if all(hosts) else ()
    ports = (port,) if port is not None else tuple(sorted(told))
    return Way(name, ports, blocks, of.security_group_ids, f"{name}.{field}")


def _parts(address: str) -> tuple[str, int | None]:
    """The host of an address, and the port that it names or its scheme stands for."""
    from urllib.parse import urlsplit

    address = address.strip().removeprefix("jdbc:")
    if address.startswith(_RESOURCES):
        return "", 443
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        return parts.hostname or "", parts.port or _SCHEMES.get(parts.scheme)
    except ValueError:
        return "", None


def _block(host: str) -> str | None:
    """An address as a block of its own; None for a name."""
    from ipaddress import ip_network

    try:
        return str(ip_network(host)) if host else None
    except ValueError:
        return None


def rules(infrastructure: Infrastructure, groups: bool = True) -> dict[str, dict[str, Any]]:
    """The ways as modules take them: name to port, blocks and groups.

    Args:
        infrastructure: the job's block.
        groups: whether the firewall knows security groups.
    """
    found: dict[str, dict[str, Any]] = {}
    for way in ways(infrastructure):
        for port in way.ports:
            rule: dict[str, Any] = {"port": port}
            rule |= {"cidr_blocks": list(way.blocks)} if way.blocks else {}
            rule |= {"security_group_ids": list(way.groups)} if groups and way.groups else {}
            if port != 443 or len(rule) > 1:
                found[way.name if len(way.ports) == 1 else f"{way.name}-{port}"] = rule
    return found


def check_blocks(infrastructure: Infrastructure, faults: Faults) -> None:
    """Whatever says where something is, says it in CIDR blocks."""
    for name in _NAMES:
        of: Reachable = getattr(infrastructure.references, name)
        check_cidr(of.cidr_blocks, ("references", name, "cidr_blocks"), faults)


def check_cidr(blocks: tuple[str, ...], at: KeyPath, faults: Faults) -> None:
    """Note each text that is no CIDR block, of a list at a path below ``infrastructure``."""
    for index, block in enumerate(blocks):
        if not is_block(block):
            message = f'"{block}" is no CIDR block such as 10.0.0.0/8'
            faults.add((*at, index), message, _meant(block))


def is_block(text: str) -> bool:
    """Whether text is a CIDR block that begins at its first address, or waits for a variable.

    Others are refused by AWS, and read in more than one way by Kubernetes.
    """
    from ipaddress import ip_network

    if waits(text):
        return True
    try:
        return "/" in text and not (":" in text and "." in text) and bool(ip_network(text))
    except ValueError:
        return False


def _meant(text: str) -> str:
    """A hint: the block that an address inside it stands for; empty where there is none."""
    from ipaddress import ip_network

    try:
        meant = str(ip_network(text, strict=False)) if "/" in text else ""
    except ValueError:
        return ""
    return f"did you mean {meant}?" if meant and meant != text else ""


def refuse_destinations(infrastructure: Infrastructure, faults: Faults, where: str) -> None:
    """Nothing is let through a firewall that is not the job's own.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        where: where the fields have no effect, for people.
    """
    for name, field in product(_NAMES, ("cidr_blocks", "security_group_ids")):
        if attrgetter(f"{name}.{field}")(infrastructure.references):
            message = f'"{field}" has no effect {where}'
            faults.add(("references", name, field), message, "remove it", on_key=True)
