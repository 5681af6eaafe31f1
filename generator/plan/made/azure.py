"""What the modules for Azure make, and that for Databricks on any cloud."""

from __future__ import annotations

from generator.plan.made.count import RATES, Call, Counts
from generator.plan.made.kubernetes import inside

_ALERTS = "azurerm_monitor_scheduled_query_rules_alert_v2"
_LIMITS = ("error_lines", "run_seconds", *RATES, "records_processed_min")


def container_apps_job(call: Call) -> Counts:
    """Of azure-container-apps-job."""
    job, own = call.job, call.absent("identity")
    environment = call.absent("container_app_environment_id")
    workspace = environment * call.absent("log_analytics_workspace_id")
    locked = call.given("lock")
    return {
        "azurerm_container_app_job": job,
        "azurerm_container_app": 1 - job,
        "azurerm_container_app_environment": environment,
        "azurerm_log_analytics_workspace": workspace,
        "azurerm_resource_group": call.given("create_resource_group"),
        **_identity(call, own),
        "azurerm_role_assignment": None,
        "azurerm_management_lock": locked * (environment + own + workspace + 1),
        "azurerm_monitor_metric_alert": call.alerts * job,
        _ALERTS: call.limits(*_LIMITS) + call.alerts * (1 - job),
    }


def aks(call: Call) -> Counts:
    """Of azure-aks."""
    own, key = call.absent("identity"), call.given("kms_key_id")
    accounts = own + call.absent("cluster_identity") + call.absent("nodes_identity")
    return {
        "azurerm_kubernetes_cluster": 1,
        "azurerm_kubernetes_cluster_node_pool": 1,
        "azurerm_disk_encryption_set": key,
        "azurerm_log_analytics_workspace": call.absent("log_analytics_workspace_id"),
        "azurerm_monitor_data_collection_rule": 1,
        "azurerm_monitor_data_collection_rule_association": 1,
        "azurerm_monitor_diagnostic_setting": 1,
        "azurerm_resource_group": call.given("create_resource_group"),
        **_identity(call, own),
        "azurerm_user_assigned_identity": accounts,
        "azurerm_federated_identity_credential": 1,
        "azurerm_role_assignment": None,
        "azurerm_management_lock": call.given("lock"),
        _ALERTS: call.limits(*_LIMITS) + call.alerts,
        **inside(call),
    }


def databricks_job(call: Call) -> Counts:
    """Of databricks-job."""
    return {"databricks_job": 1, "databricks_permissions": call.given("permissions")}


def _identity(call: Call, own: int) -> Counts:
    storage = call.given("storage") * call.absent("storage_role_definition_id")
    return {
        "azurerm_user_assigned_identity": own,
        "azurerm_role_definition": own * storage,
    }
