"""Google Cloud IAM: members, roles, conditions, service accounts.

Sources: IAM documentation, "Principal identifiers", "Attributes for IAM Conditions",
"Conditional role grants" (limits); IAM API reference, projects.serviceAccounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.values import blocks

MEMBER = (
    r"allUsers|allAuthenticatedUsers"
    r"|(?:user|group|serviceAccount|domain|projectOwner|projectEditor|projectViewer):\S+"
    r"|deleted:\S+|principal(?:Set)?://\S+"
)
ROLE = r"roles/[A-Za-z0-9_.]+|(?:projects|organizations)/[^/]+/roles/[A-Za-z0-9_.]{3,64}"
BASIC = ("roles/owner", "roles/editor", "roles/viewer")


def member(kind: str, value: Resource) -> Iterator[Problem]:
    """Principals have a prefix; basic roles and all users take no condition."""
    many = value.get("members")
    members = [value.get("member"), *(many if isinstance(many, list) else [])]
    for principal in members:
        if isinstance(principal, str) and not re.fullmatch(MEMBER, principal):
            yield f"{kind}: invalid member", f"{principal!r} has no known prefix."
    role = value.get("role")
    if isinstance(role, str) and not re.fullmatch(ROLE, role):
        yield f"{kind}: invalid role", repr(role)
    for condition in blocks(value, "condition"):
        if role in BASIC:
            yield f"{kind}: a basic role takes no condition", str(role)
        if "allUsers" in members or "allAuthenticatedUsers" in members:
            yield f"{kind}: allUsers takes no condition", str(role)
        for attribute, longest in (("title", 100), ("description", 256)):
            text = condition.get(attribute)
            if isinstance(text, str) and len(text) > longest:
                detail = f"{len(text)} characters; the API takes {longest}."
                yield f"{kind}: condition {attribute} is too long", detail
        expression = condition.get("expression")
        if isinstance(expression, str) and len(re.findall(r"&&|\|\||!(?!=)", expression)) > 12:
            yield f"{kind}: condition is too complex", "The API takes 12 logical operators."


def service_account(kind: str, value: Resource) -> Iterator[Problem]:
    """Display name of 100 bytes, description of 256."""
    for attribute, longest in (("display_name", 100), ("description", 256)):
        text = value.get(attribute)
        if isinstance(text, str) and len(text.encode()) > longest:
            detail = f"{len(text.encode())} bytes; the API takes {longest}."
            yield f"{kind}: {attribute} is too long", detail
