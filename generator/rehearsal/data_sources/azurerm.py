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


def _group(config: Config, provider: Config) -> Config:
    return {
        "location": LOCATION,
        "id": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{config.get('name')}",
    }


def _cluster(config: Config, provider: Config) -> Config:
    """Local accounts are off, as they should be: address and authority, but no credentials."""
    subscription = provider.get("subscription_id") or SUBSCRIPTION
    group, name = config["resource_group_name"], config["name"]
    host = f"https://{name}-0123abcd.hcp.{LOCATION}.azmk8s.io:443"
    return {
        "id": f"/subscriptions/{subscription}/resourceGroups/{group}"
        f"/providers/Microsoft.ContainerService/managedClusters/{name}",
        "location": LOCATION,
        "kube_config": [{"host": host, "cluster_ca_certificate": AUTHORITY}],
        "kube_admin_config": [],
        "oidc_issuer_enabled": True,
        "oidc_issuer_url": f"https://{LOCATION}.oic.prod-aks.azure.com/{TENANT}/0123abcd/",
    }


ANSWERS: Answers = {
    "azurerm_client_config": _client,
    "azurerm_kubernetes_cluster": _cluster,
    "azurerm_resource_group": _group,
    "azurerm_subscription": _subscription,
}
