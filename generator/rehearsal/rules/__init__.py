"""What the clouds' APIs refuse: one file per cloud and concern.

A rule looks at a planned resource and yields a problem for what the API rejects; unknown values
are passed over. The rules state limits that modules state too (Fargate's sizes, the days of
CloudWatch): they come from the clouds' documentation, independently, so that each checks the other.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any

# Summary and detail, as Terraform shows them.
Problem = tuple[str, str]
Resource = dict[str, Any]
Rule = Callable[[str, Resource], Iterable[Problem]]

CLOUDS = ("aws", "azurerm", "databricks", "google", "kubernetes")


def check(cloud: str, kind: str, value: Resource) -> list[Problem]:
    """What the API refuses of a resource, each problem once.

    Args:
        cloud: the provider's short name.
        kind: the resource type.
        value: the resource as configured, planned or applied.
    """
    if cloud not in CLOUDS:
        return []
    module = importlib.import_module(f"generator.rehearsal.rules.{cloud}")
    rules: list[Rule] = module.rules_for(kind)
    return list(dict.fromkeys(problem for rule in rules for problem in rule(kind, value)))
