"""Security groups and their rules.

Sources: EC2 API_CreateSecurityGroup, API_AuthorizeSecurityGroupEgress.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import exactly_one

DESCRIPTION = r"[0-9A-Za-z_ .:/()#,@\[\]+=&;{}!$*-]{0,255}"
PEERS = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")


def _description(kind: str, value: Resource) -> Iterator[Problem]:
    description = value.get("description")
    if isinstance(description, str) and not re.fullmatch(DESCRIPTION, description):
        yield f"{kind}: invalid description", repr(description)


def security_group(kind: str, value: Resource) -> Iterator[Problem]:
    """255 characters of a small set for the description."""
    yield from _description(kind, value)


def security_group_rule(kind: str, value: Resource) -> Iterator[Problem]:
    """One peer, a network without host bits, and ports in order."""
    yield from _description(kind, value)
    yield from exactly_one(kind, value, *PEERS)
    for attribute in ("cidr_ipv4", "cidr_ipv6"):
        cidr = value.get(attribute)
        if isinstance(cidr, str):
            try:
                ipaddress.ip_network(cidr)
            except ValueError as error:
                yield f"{kind}: invalid {attribute}", str(error)
    low, high = value.get("from_port"), value.get("to_port")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield f"{kind}: from_port over to_port", f"{low} and {high}."
