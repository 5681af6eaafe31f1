"""Azure's data sources."""

from __future__ import annotations

from generator.rehearsal.data_sources import Answers, Config
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


ANSWERS: Answers = {
    "azurerm_client_config": _client,
    "azurerm_resource_group": _group,
    "azurerm_subscription": _subscription,
}
