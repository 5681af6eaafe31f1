"""Azure's data sources."""

from __future__ import annotations

from generator.rehearsal.data_sources import AUTHORITY, Answers, Config
from generator.rehearsal.inventions.azurerm import LOCATION, SUBSCRIPTION, TENANT


def _client(config: Config, provider: Config) -> Config:
    return {
        "subscription_id": provider.get("subscription_id") or SUBSCRIPTION,
        "tenant_id": TENANT,
        "client_id": "00000000-0000-4000-8000-000000000003",
        "object_id": "00000000-0000-4000-8000-000000000004",
    }


def _subscription(config: Config, provider: Config) -> Config:
    own = config.get("subscription_id") or provider.get("subscription_id") or SUBSCRIPTION
    return {
        "subscription_id": own,
        "id": f"/subscriptions/{own}",
        "tenant_id": TENANT,
        "display_name": "mock",
    }


def _id(config: Config, provider: Config, kind: str) -> str:
    """The resource id of a thing in a group of the provider's subscription."""
    own = provider.get("subscription_id") or SUBSCRIPTION
    group = f"/subscriptions/{own}/resourceGroups/{config['resource_group_name']}"
    return f"{group}/providers/{kind}/{config['name']}"


def _group(config: Config, provider: Config) -> Config:
    own = provider.get("subscription_id") or SUBSCRIPTION
    return {
        "location": LOCATION,
        "id": f"/subscriptions/{own}/resourceGroups/{config.get('name')}",
    }


def _network(config: Config, provider: Config) -> Config:
    own = _id(config, provider, "Microsoft.Network/virtualNetworks")
    return {"id": own, "location": LOCATION, "address_space": ["10.0.0.0/16"]}


def _subnet(config: Config, provider: Config) -> Config:
    kind = f"Microsoft.Network/virtualNetworks/{config['virtual_network_name']}/subnets"
    return {"id": _id(config, provider, kind), "address_prefixes": ["10.0.0.0/23"]}


def _environment(config: Config, provider: Config) -> Config:
    own = _id(config, provider, "Microsoft.App/managedEnvironments")
    return {
        "id": own,
        "location": LOCATION,
        "default_domain": f"mock.{LOCATION}.azurecontainerapps.io",
    }


def _identity(config: Config, provider: Config) -> Config:
    own = _id(config, provider, "Microsoft.ManagedIdentity/userAssignedIdentities")
    return {"id": own, "location": LOCATION, "tenant_id": TENANT}


def _vault(config: Config, provider: Config) -> Config:
    return {
        "id": _id(config, provider, "Microsoft.KeyVault/vaults"),
        "location": LOCATION,
        "rbac_authorization_enabled": True,
        "tenant_id": TENANT,
        "vault_uri": f"https://{config['name']}.vault.azure.net/",
    }


def _key(config: Config, provider: Config) -> Config:
    """Its id is its address; the resource ids say where the vault is."""
    vault, name, version = str(config["key_vault_id"]), config["name"], "0" * 32
    address = f"https://{vault.rpartition('/')[2]}.vault.azure.net/keys/{name}"
    return {
        "id": f"{address}/{version}",
        "versionless_id": address,
        "version": version,
        "key_type": "RSA",
        "key_size": 2048,
        "resource_id": f"{vault}/keys/{name}/versions/{version}",
        "resource_versionless_id": f"{vault}/keys/{name}",
    }


def _container(config: Config, provider: Config) -> Config:
    account, name = str(config["storage_account_id"]), config["name"]
    return {
        "id": f"{account}/blobServices/default/containers/{name}",
        "container_access_type": "private",
        "url": f"https://{account.rpartition('/')[2]}.blob.core.windows.net/{name}",
    }


def _postgresql(config: Config, provider: Config) -> Config:
    own = _id(config, provider, "Microsoft.DBforPostgreSQL/flexibleServers")
    return {"id": own, "fqdn": f"{config['name']}.postgres.database.azure.com"}


def _sql_server(config: Config, provider: Config) -> Config:
    own = _id(config, provider, "Microsoft.Sql/servers")
    return {"id": own, "fully_qualified_domain_name": f"{config['name']}.database.windows.net"}


def _cluster(config: Config, provider: Config) -> Config:
    """Local accounts are off, as they should be: address and authority, but no credentials."""
    subscription = provider.get("subscription_id") or SUBSCRIPTION
    group, name = config["resource_group_name"], config["name"]
    host = f"https://{name}-0123abcd.hcp.{LOCATION}.azmk8s.io:443"
    return {
        "id": f"/subscriptions/{subscription}/resourceGroups/{group}"
        f"/providers/Microsoft.ContainerService/managedClusters/{name}",
        "location": LOCATION,
        "kube_config": [
            {
                **dict.fromkeys(("client_certificate", "client_key", "password"), ""),
                "cluster_ca_certificate": AUTHORITY,
                "host": host,
                "username": f"clusterUser_{group}_{name}",
            }
        ],
        "kube_admin_config": [],
        "azure_active_directory_role_based_access_control": [
            {"admin_group_object_ids": [], "azure_rbac_enabled": True, "tenant_id": TENANT}
        ],
        "oidc_issuer_enabled": True,
        "oidc_issuer_url": f"https://{LOCATION}.oic.prod-aks.azure.com/{TENANT}/0123abcd/",
    }


ANSWERS: Answers = {
    "azurerm_client_config": _client,
    "azurerm_container_app_environment": _environment,
    "azurerm_key_vault": _vault,
    "azurerm_key_vault_key": _key,
    "azurerm_kubernetes_cluster": _cluster,
    "azurerm_mssql_server": _sql_server,
    "azurerm_postgresql_flexible_server": _postgresql,
    "azurerm_resource_group": _group,
    "azurerm_storage_container": _container,
    "azurerm_subnet": _subnet,
    "azurerm_subscription": _subscription,
    "azurerm_user_assigned_identity": _identity,
    "azurerm_virtual_network": _network,
}
