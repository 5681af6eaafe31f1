"""Network policies. Source: Kubernetes API reference, NetworkPolicy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import one_of
from generator.rehearsal.rules.kubernetes_names import LABEL
from generator.rehearsal.values import blocks

PORTS = range(1, 65536)
_SELECTORS = ("namespace_selector", "pod_selector")


def policy(kind: str, value: Resource) -> Iterator[Problem]:
    """Directions, ranges of addresses, and ports."""
    for spec in blocks(value, "spec"):
        for direction in spec.get("policy_types") or []:
            if isinstance(direction, str) and direction not in ("Ingress", "Egress"):
                yield f"{kind}: invalid policy_types", repr(direction)
        for outer, inner in (("ingress", "from"), ("egress", "to")):
            for rule in blocks(spec, outer):
                for peer in blocks(rule, inner):
                    yield from _peer(kind, peer)
                for port in blocks(rule, "ports"):
                    yield from _port(kind, port)


def _peer(kind: str, peer: Resource) -> Iterator[Problem]:
    ranges = blocks(peer, "ip_block")
    selectors = any(blocks(peer, name) for name in _SELECTORS)
    if ranges and selectors:
        yield f"{kind}: ip_block beside a selector", "A peer is one of the two."
    if not ranges and not selectors and not any(peer.values()):
        yield f"{kind}: empty peer", "It must have an ip_block or a selector."
    for block in ranges:
        cidr = block.get("cidr")
        outer = _network(cidr)
        if isinstance(cidr, str) and outer is None:
            yield f"{kind}: invalid cidr", repr(cidr)
        for text in block.get("except") or []:
            inner = _network(text)
            if isinstance(text, str) and inner is None:
                yield f"{kind}: invalid cidr", repr(text)
            elif inner is not None and outer is not None and not _within(inner, outer):
                yield f"{kind}: except outside cidr", f"{text} is not inside {cidr}."


def _network(text: object) -> IPv4Network | IPv6Network | None:
    try:
        found = ip_network(text) if isinstance(text, str) and "/" in text else None
    except ValueError:
        return None
    return found


def _within(inner: IPv4Network | IPv6Network, outer: IPv4Network | IPv6Network) -> bool:
    """A strict part of it."""
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer) and inner != outer
    if isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network):
        return inner.subnet_of(outer) and inner != outer
    return False


def _port(kind: str, port: Resource) -> Iterator[Problem]:
    yield from one_of(kind, port, "protocol", ("TCP", "UDP", "SCTP"))
    text, end = port.get("port"), port.get("end_port")
    number = int(text) if isinstance(text, str) and text.isdigit() else None
    named = isinstance(text, str) and len(text) <= 15 and re.fullmatch(LABEL, text)
    if isinstance(text, str) and text and number not in PORTS and (number is not None or not named):
        yield f"{kind}: invalid port", f"{text!r} is no number from 1 to 65535, and no name."
    if isinstance(end, int) and end and number is not None and not number <= end <= 65535:
        yield f"{kind}: invalid end_port", f"{end} is not between {number} and 65535."
