"""What the clouds' APIs refuse: one file per cloud and concern.

A rule looks at a planned resource and yields (summary, detail) for what the API rejects.
Unknown values are passed over.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any

Fault = tuple[str, str]
Resource = dict[str, Any]
Rule = Callable[[str, Resource], Iterable[Fault]]

CLOUDS = ("aws", "azurerm", "databricks", "google", "kubernetes")


def check(cloud: str, kind: str, value: Resource) -> list[Fault]:
    """What the API refuses of a resource, each fault once.

    Args:
        cloud: the provider's short name.
        kind: the resource type.
        value: the resource as configured, planned or applied.
    """
    if cloud not in CLOUDS:
        return []
    module = importlib.import_module(f"generator.rehearsal.rules.{cloud}")
    rules: list[Rule] = module.rules_for(kind)
    return list(dict.fromkeys(fault for rule in rules for fault in rule(kind, value)))
