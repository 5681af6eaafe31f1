"""What zones, pools of the system and plans of support of AKS refuse, one fault at a time."""

from __future__ import annotations

from typing import Any

import pytest

from generator.rehearsal.rules import check

CLUSTER = "azurerm_kubernetes_cluster"
PRIVATE = {"dns_prefix": "a", "private_cluster_enabled": True}
MANY = {f"tag_{number}": "x" for number in range(16)}
FAULTS: list[tuple[str, dict[str, Any], str]] = [
    (CLUSTER, {**PRIVATE, "tags": MANY}, "too many tags for a private cluster"),
    (CLUSTER, {**PRIVATE, "tags": {"cost:code": "7"}}, "a private DNS zone takes no such tag"),
    (CLUSTER, {**PRIVATE, "tags": {"1st": "7"}}, "a private DNS zone takes no such tag"),
    (CLUSTER, {"dns_prefix": "a", "support_plan": "Forever"}, "invalid support_plan"),
    (
        CLUSTER,
        {"dns_prefix": "a", "sku_tier": "Standard", "support_plan": "AKSLongTermSupport"},
        "long-term support needs a tier",
    ),
    (
        CLUSTER,
        {"dns_prefix": "a", "default_node_pool": [{"vm_size": "Standard_D2s_v5"}]},
        "default_node_pool: vm_size is too small",
    ),
    (
        CLUSTER,
        {"dns_prefix": "a", "default_node_pool": [{"vm_size": "Standard_B4ms"}]},
        "default_node_pool: vm_size is too small",
    ),
    (
        "azurerm_monitor_diagnostic_setting",
        {
            "log_analytics_workspace_id": "w",
            "enabled_log": [{"category": "guard", "category_group": "audit"}],
        },
        "enabled_log: exactly one of category, category_group",
    ),
]
TAKEN: list[dict[str, Any]] = [
    {"dns_prefix": "a", "tags": {**MANY, "cost:code": "7"}},
    {**PRIVATE, "tags": {f"tag_{number}": "x" for number in range(15)}},
    {"dns_prefix": "a", "sku_tier": "Premium", "support_plan": "AKSLongTermSupport"},
    {"dns_prefix": "a", "default_node_pool": [{"vm_size": "Standard_D4s_v5"}]},
    {"dns_prefix": "a", "default_node_pool": [{"vm_size": "Standard_DS2_v2"}]},
]


@pytest.mark.parametrize(("kind", "value", "told"), FAULTS)
def test_one_fault_is_told_once(kind: str, value: dict[str, Any], told: str) -> None:
    """A resource with one thing wrong has one fault."""
    (fault,) = check("azurerm", kind, value)
    assert fault[0].startswith(f"{kind}: {told}")


@pytest.mark.parametrize("value", TAKEN)
def test_what_can_be_is_taken(value: dict[str, Any]) -> None:
    """A public cluster has no zone, and a size of an old version tells no number of vCPU."""
    assert check("azurerm", CLUSTER, value) == []
