"""Resource ids as Azure writes them.

Source: the "import" section of each resource in the provider's documentation.
"""

from __future__ import annotations

from generator.rehearsal.data_sources import AUTHORITY
from generator.rehearsal.inventions import Invention

SUBSCRIPTION = "00000000-0000-4000-8000-000000000001"
TENANT = "00000000-0000-4000-8000-000000000002"
LOCATION = "eastus"
# With local accounts switched off a kubeconfig names the cluster and holds no credentials.
ANSWERED = {"azurerm_kubernetes_cluster": frozenset(("kube_config", "kubelet_identity"))}

# kind → provider and type in the resource id
TYPES = {
    "azurerm_application_insights": "Microsoft.Insights/components",
    "azurerm_container_app": "Microsoft.App/containerApps",
    "azurerm_container_app_environment": "Microsoft.App/managedEnvironments",
    "azurerm_container_app_job": "Microsoft.App/jobs",
    "azurerm_container_registry": "Microsoft.ContainerRegistry/registries",
    "azurerm_key_vault": "Microsoft.KeyVault/vaults",
    "azurerm_disk_encryption_set": "Microsoft.Compute/diskEncryptionSets",
    "azurerm_kubernetes_cluster": "Microsoft.ContainerService/managedClusters",
    "azurerm_log_analytics_workspace": "Microsoft.OperationalInsights/workspaces",
    "azurerm_monitor_action_group": "Microsoft.Insights/actionGroups",
    "azurerm_monitor_data_collection_rule": "Microsoft.Insights/dataCollectionRules",
    "azurerm_monitor_metric_alert": "Microsoft.Insights/metricAlerts",
    "azurerm_monitor_scheduled_query_rules_alert_v2": "Microsoft.Insights/scheduledQueryRules",
    "azurerm_network_security_group": "Microsoft.Network/networkSecurityGroups",
    "azurerm_storage_account": "Microsoft.Storage/storageAccounts",
    "azurerm_user_assigned_identity": "Microsoft.ManagedIdentity/userAssignedIdentities",
    "azurerm_virtual_network": "Microsoft.Network/virtualNetworks",
}
# kind → the attribute with its parent's id, and the type below that
CHILDREN = {
    "azurerm_consumption_budget_subscription": (
        *("subscription_id", "providers/Microsoft.Consumption/budgets"),
    ),
    "azurerm_federated_identity_credential": (
        *("user_assigned_identity_id", "federatedIdentityCredentials"),
    ),
    "azurerm_kubernetes_cluster_node_pool": ("kubernetes_cluster_id", "agentPools"),
    "azurerm_monitor_data_collection_rule_association": (
        *("target_resource_id", "providers/Microsoft.Insights/dataCollectionRuleAssociations"),
    ),
    "azurerm_storage_container": ("storage_account_id", "blobServices/default/containers"),
}
AUTHORIZATION = "providers/Microsoft.Authorization"


def role_definition(about: Invention) -> str:
    """The resource id of a role definition."""
    own = about.get("role_definition_id", default=about.uuid("role"))
    return f"/subscriptions/{SUBSCRIPTION}/{AUTHORIZATION}/roleDefinitions/{own}"


def identifier(about: Invention) -> str:
    """The id of a resource."""
    kind, name = about.kind, about.own_name()
    group = about.get("resource_group_name", default=name)
    within = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}"
    scope = about.get("scope")
    match kind:
        case "azurerm_resource_group":
            return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}"
        case "azurerm_role_assignment":
            own = about.get("name", default=about.uuid("assignment"))
            return f"{scope}/{AUTHORIZATION}/roleAssignments/{own}"
        case "azurerm_role_definition":
            return f"{role_definition(about)}|{scope}"
        case "azurerm_monitor_diagnostic_setting":
            return f"{about.get('target_resource_id')}|{name}"
        case "azurerm_subnet":
            network = about.get("virtual_network_name")
            return f"{within}/providers/Microsoft.Network/virtualNetworks/{network}/subnets/{name}"
    if kind in CHILDREN:
        parent, segment = CHILDREN[kind]
        return f"{about.get(parent, default=within)}/{segment}/{name}"
    return f"{within}/providers/{TYPES.get(kind, kind.removeprefix('azurerm_'))}/{name}"


def _environment(name: str, about: Invention) -> str:
    location = about.get("location", default=LOCATION).lower().replace(" ", "")
    domain = f"happyhill-{about.digest('domain', length=8)}.{location}.azurecontainerapps.io"
    return {
        "default_domain": domain,
        "static_ip_address": "20.42.0.1",
        "docker_bridge_cidr": "172.17.0.1/16",
        "platform_reserved_cidr": "10.1.0.0/16",
        "platform_reserved_dns_ip_address": "10.1.0.2",
    }.get(name, "")


def _cluster(name: str, about: Invention) -> str:
    """Addresses of a cluster: the private one has a zone of its own."""
    location = about.get("location", default=LOCATION).lower().replace(" ", "")
    start = f"{about.get('dns_prefix', default=about.own_name())}-{about.digest('dns', length=8)}"
    private = about.root.get("private_cluster_enabled") is True
    fqdns = {
        "fqdn": f"{start}.hcp.{location}.azmk8s.io",
        "private_fqdn": f"{start}.privatelink.{location}.azmk8s.io",
    }
    group = about.get("node_resource_group", default=f"MC_{about.own_name()}_{location}")
    issuer = f"https://{location}.oic.prod-aks.azure.com/{TENANT}/{about.uuid('issuer')}/"
    return {
        **fqdns,
        "cluster_ca_certificate": AUTHORITY,
        "current_kubernetes_version": f"{about.get('kubernetes_version', default='1.33')}.2",
        "host": f"https://{fqdns['private_fqdn' if private else 'fqdn']}:443",
        "node_resource_group": group,
        "node_resource_group_id": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}",
        "oidc_issuer_url": issuer,
    }.get(name, "")


def _role(name: str, about: Invention) -> str:
    if name == "role_definition_id" and about.kind == "azurerm_role_definition":
        return about.uuid("role")
    if name in ("role_definition_id", "role_definition_resource_id"):
        return role_definition(about)
    return about.uuid("assignment") if name == "name" else ""


def _of_kind(name: str, about: Invention) -> str:
    own = about.own_name()
    match about.kind:
        case "azurerm_container_app_environment":
            return _environment(name, about)
        case "azurerm_role_assignment" | "azurerm_role_definition":
            return _role(name, about)
        case "azurerm_container_app" if name.startswith("latest_revision"):
            return f"{own}--{about.digest('revision', length=7)}"
        case "azurerm_key_vault" if name == "vault_uri":
            return f"https://{own}.vault.azure.net/"
        case "azurerm_container_registry" if name == "login_server":
            return f"{own}.azurecr.io"
    return ""


def invent(name: str, about: Invention) -> str:
    """A plausible value, or the empty string where nothing is known of it."""
    if name in ("principal_id", "client_id", "object_id", "workspace_id"):
        return about.uuid(name)
    if name in ("tenant_id", "location"):
        return TENANT if name == "tenant_id" else LOCATION
    if about.kind == "azurerm_kubernetes_cluster" and (found := _cluster(name, about)):
        return found
    if about.nested:
        return ""
    return identifier(about) if name == "id" else _of_kind(name, about)
