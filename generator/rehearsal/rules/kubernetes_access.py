"""Roles, and what a namespace may take.

Source: Kubernetes API reference, Role, RoleBinding, ResourceQuota, LimitRange.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import one_of
from generator.rehearsal.rules.kubernetes_names import less_than, quantities, quantity
from generator.rehearsal.values import blocks, is_unknown, mapping

RBAC = "rbac.authorization.k8s.io"
COUNTED = r"pods|services(\.\w+)?|secrets|configmaps|persistentvolumeclaims|resourcequotas"
COUNTED += r"|replicationcontrollers|count/.+"
SIZES = r"((requests|limits)\.)?(cpu|memory|ephemeral-storage)|requests\..+|.+/.+"


def role(kind: str, value: Resource) -> Iterator[Problem]:
    """A rule names groups, resources and verbs."""
    for rule in blocks(value, "rule"):
        for name in ("api_groups", "resources", "verbs"):
            given = rule.get(name)
            if not is_unknown(given) and not given:
                yield f"{kind}: a rule without {name}", "It must name at least one."


def role_binding(kind: str, value: Resource) -> Iterator[Problem]:
    """A role of one of the two sorts, for subjects of one of the three."""
    for reference in blocks(value, "role_ref"):
        yield from one_of(kind, reference, "kind", ("Role", "ClusterRole"))
        yield from one_of(kind, reference, "api_group", (RBAC,))
    for subject in blocks(value, "subject"):
        yield from one_of(kind, subject, "kind", ("ServiceAccount", "User", "Group"))
        account = subject.get("kind") == "ServiceAccount"
        if account and subject.get("namespace") in (None, ""):
            yield f"{kind}: a service account without namespace", repr(subject.get("name"))
        if account and subject.get("api_group"):
            yield f"{kind}: a service account of an API group", repr(subject.get("api_group"))


def quota(kind: str, value: Resource) -> Iterator[Problem]:
    """Known resources, and whole numbers of what is counted."""
    for spec in blocks(value, "spec"):
        yield from quantities(kind, "hard", spec.get("hard"))
        for name, text in mapping(spec.get("hard")).items():
            number = quantity(text) if isinstance(text, str) else None
            if re.fullmatch(COUNTED, name):
                if number is not None and number.denominator != 1:
                    yield f"{kind}: part of a thing that is counted", f"{name} = {text!r}"
            elif not re.fullmatch(SIZES, name):
                yield f"{kind}: no such resource", repr(name)


def limit_range(kind: str, value: Resource) -> Iterator[Problem]:
    """Bounds and defaults in order."""
    ordered = (("min", "default_request"), ("default_request", "default"), ("default", "max"))
    for limit in blocks(value, "spec", "limit"):
        yield from one_of(kind, limit, "type", ("Container", "Pod", "PersistentVolumeClaim"))
        for name in ("min", "max", "default", "default_request"):
            yield from quantities(kind, name, limit.get(name))
        for small, large in (*ordered, ("min", "max")):
            what = f"{small} is above {large}"
            yield from less_than(kind, what, limit.get(small), limit.get(large))
        if limit.get("type") == "Pod" and limit.get("default"):
            yield f"{kind}: a default for pods", "Only containers have one."
