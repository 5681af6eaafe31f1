"""Azure: which rules hold for which resource; tags and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource, Rule
from generator.rehearsal.rules.azurerm_access import role_assignment, role_definition
from generator.rehearsal.rules.azurerm_billing import budget
from generator.rehearsal.rules.azurerm_container import container_app, container_app_job
from generator.rehearsal.rules.azurerm_kubernetes import (
    cluster,
    disk_encryption_set,
    federated_credential,
)
from generator.rehearsal.rules.azurerm_monitor import (
    collection_rule,
    collection_rule_association,
    diagnostic_setting,
    metric_alert,
    query_alert,
    workspace,
)
from generator.rehearsal.rules.azurerm_node_pools import node_pool
from generator.rehearsal.rules.common import NameRule, check_name

# Source: Azure Resource Manager, "Naming rules and restrictions for Azure resources".
NAMES: dict[str, NameRule] = {
    "azurerm_consumption_budget_subscription": ("name", 63, r"[A-Za-z0-9_-]+"),
    "azurerm_container_app": ("name", 32, r"(?!.*--)[a-z][a-z0-9-]*[a-z0-9]"),
    "azurerm_container_app_environment": ("name", 60, r"[a-z](?:[a-z0-9-]*[a-z0-9])?"),
    "azurerm_container_app_job": ("name", 32, r"(?!.*--)[a-z][a-z0-9-]*[a-z0-9]"),
    "azurerm_container_registry": ("name", 50, r"[A-Za-z0-9]{5,50}"),
    "azurerm_disk_encryption_set": ("name", 80, r"[A-Za-z0-9_-]{1,80}"),
    "azurerm_federated_identity_credential": ("name", 120, r"[A-Za-z0-9][A-Za-z0-9_-]{2,119}"),
    "azurerm_key_vault": ("name", 24, r"(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]"),
    "azurerm_kubernetes_cluster": ("name", 63, r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"),
    "azurerm_log_analytics_workspace": ("name", 63, r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]"),
    "azurerm_monitor_action_group": ("name", 260, r"[^:<>+/&%\\?|\x00-\x1f]*[^:<>+/&%\\?| .]"),
    "azurerm_monitor_data_collection_rule": ("name", 64, r"[A-Za-z0-9_](?:[\w.-]*\w)?"),
    "azurerm_monitor_diagnostic_setting": ("name", 260, r"[^*<>?:&#+%\\/|]*[^*<>?:&#+%\\/| .]"),
    "azurerm_monitor_metric_alert": ("name", 260, r"[^*#&+:<>?@%{}\\/|]*[^*#&+:<>?@%{}\\/| .]"),
    "azurerm_monitor_scheduled_query_rules_alert_v2": (
        *("name", 260),
        r"[^*#&+:<>?@%{}\\/|]*[^*#&+:<>?@%{}\\/| .]",
    ),
    "azurerm_network_security_group": ("name", 80, r"[A-Za-z0-9](?:[\w.-]*\w)?"),
    "azurerm_resource_group": ("name", 90, r"[\w().-]*[\w()-]"),
    "azurerm_storage_account": ("name", 24, r"[a-z0-9]{3,24}"),
    "azurerm_storage_container": ("name", 63, r"(?!.*--)[a-z0-9$](?:[a-z0-9-]{1,61}[a-z0-9])"),
    "azurerm_subnet": ("name", 80, r"[A-Za-z0-9](?:[\w.-]*\w)?"),
    "azurerm_user_assigned_identity": ("name", 128, r"[A-Za-z0-9][A-Za-z0-9_-]{2,127}"),
    "azurerm_virtual_network": ("name", 64, r"[A-Za-z0-9](?:[\w.-]*\w)?"),
}


def tags(kind: str, value: Resource) -> Iterator[Problem]:
    r"""50 tags, names of 512 bytes (storage accounts: 128) without <>%&\?/, values of 256.

    Source: Azure Resource Manager, "Use tags to organize your Azure resources": limitations;
    tag names do not distinguish case. The provider counts bytes where Azure counts characters
    (go-azure-helpers, tags/validate.go).
    """
    found = value.get("tags")
    if not isinstance(found, dict):
        return
    if len(found) > 50:
        yield f"{kind}: too many tags", f"{len(found)} tags; the API takes 50."
    longest = 128 if kind == "azurerm_storage_account" else 512
    for key, tag in found.items():
        if not 1 <= len(key.encode()) <= longest or re.search(r"[<>%&\\?/]", key):
            detail = f"{key!r}: 1 to {longest} bytes, none of <>%&\\?/."
            yield f"{kind}: invalid tag name", detail
        if isinstance(tag, str) and len(tag.encode()) > 256:
            detail = f"{key}: {len(tag.encode())} bytes; the provider takes 256."
            yield f"{kind}: tag value too long", detail
    if len({key.lower() for key in found}) < len(found):
        same = sorted(k for k in found if sum(k.lower() == o.lower() for o in found) > 1)
        yield f"{kind}: tag names differ in case only", f"Azure takes {same} for one name."


def names(kind: str, value: Resource) -> Iterator[Problem]:
    """The name has the length and the characters that the API takes."""
    yield from check_name(NAMES, kind, value)


RULES: dict[str, Rule] = {
    "azurerm_consumption_budget_subscription": budget,
    "azurerm_container_app": container_app,
    "azurerm_container_app_job": container_app_job,
    "azurerm_disk_encryption_set": disk_encryption_set,
    "azurerm_federated_identity_credential": federated_credential,
    "azurerm_kubernetes_cluster": cluster,
    "azurerm_kubernetes_cluster_node_pool": node_pool,
    "azurerm_log_analytics_workspace": workspace,
    "azurerm_monitor_data_collection_rule": collection_rule,
    "azurerm_monitor_data_collection_rule_association": collection_rule_association,
    "azurerm_monitor_diagnostic_setting": diagnostic_setting,
    "azurerm_monitor_metric_alert": metric_alert,
    "azurerm_monitor_scheduled_query_rules_alert_v2": query_alert,
    "azurerm_role_assignment": role_assignment,
    "azurerm_role_definition": role_definition,
}


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type."""
    return [names, tags, *([RULES[kind]] if kind in RULES else [])]
