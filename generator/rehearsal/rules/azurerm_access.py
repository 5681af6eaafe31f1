"""Azure role-based access control.

Sources: Azure RBAC documentation, "Troubleshoot Azure RBAC" (limits), "Azure role assignment
condition format"; REST API, Role Assignments - Create.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import one_of
from generator.rehearsal.values import blocks

UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
PRINCIPALS = ("User", "Group", "ServicePrincipal")


def role_assignment(kind: str, value: Resource) -> Iterator[Problem]:
    """A role, a UUID for a name, a condition of version 2.0 and 8 KB."""
    roles = (value.get("role_definition_id"), value.get("role_definition_name"))
    if roles == (None, None):
        yield f"{kind}: no role", "role_definition_id or role_definition_name names one."
    name = value.get("name")
    if isinstance(name, str) and not re.fullmatch(UUID, name):
        yield f"{kind}: name is a UUID", repr(name)
    yield from one_of(kind, value, "principal_type", PRINCIPALS)
    condition = value.get("condition")
    if isinstance(condition, str):
        if value.get("condition_version") is None:
            yield f"{kind}: condition needs condition_version", 'It is "2.0".'
        if len(condition.encode()) > 8192:
            yield f"{kind}: condition is too long", "The API takes 8 KB."
        if condition.count("(") != condition.count(")"):
            yield f"{kind}: malformed condition", "Its parentheses do not match."
    yield from one_of(kind, value, "condition_version", ("1.0", "2.0"))
    scope = value.get("scope")
    if isinstance(scope, str) and not scope.startswith("/"):
        yield f"{kind}: scope is a resource id", repr(scope)


def role_definition(kind: str, value: Resource) -> Iterator[Problem]:
    """Actions are PROVIDER/TYPE/ACTION; a role allows something."""
    name = value.get("name")
    if isinstance(name, str) and not 1 <= len(name) <= 512:
        yield f"{kind}: invalid name", f"{len(name)} characters; the API takes 512."
    for permission in blocks(value, "permissions"):
        for attribute in ("actions", "not_actions", "data_actions", "not_data_actions"):
            actions = permission.get(attribute)
            for action in actions if isinstance(actions, list) else []:
                if isinstance(action, str) and action != "*" and "/" not in action:
                    yield f"{kind}: invalid {attribute}", repr(action)
