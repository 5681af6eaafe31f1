"""Which clouds a root needs to reach, and as whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.ci import CiSettings, Logins

# What a provider, and what a backend, is logged in to. Databricks and Kubernetes are reached
# with what the cloud's own login gives.
_PROVIDERS = {"aws": "aws", "google": "gcp", "azurerm": "azure"}
_BACKENDS = {"s3": "aws", "gcs": "gcp", "azurerm": "azure"}
CLOUDS = ("aws", "gcp", "azure")


def clouds_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The clouds of a root's providers and of its state.

    Args:
        manifest: of the root, as it is in the file.
    """
    providers = {*manifest.get("providers", {})}
    for part in (manifest, manifest.get("leaving") or {}):
        providers |= {*part.get("terraform", {}).get("required_providers", {})}
    found = {_PROVIDERS.get(name) for name in providers}
    found.add(_BACKENDS.get(manifest.get("state", {}).get("type", "")))
    return tuple(cloud for cloud in CLOUDS if cloud in found)


def cloud_of(manifest: Mapping[str, Any]) -> str:
    """The cloud of a root, by its providers, else by its backend; "" where neither says it.

    Args:
        manifest: as of ``clouds_of``.
    """
    for provider in manifest["terraform"].get("required_providers", {}):
        if provider in _PROVIDERS:
            return _PROVIDERS[provider]
    return _BACKENDS.get(manifest["state"].get("type", ""), "")


def logins_of(
    settings: CiSettings, manifest: Mapping[str, Any]
) -> dict[str, dict[str, str | None]]:
    """How a pipeline logs in for a root, by cloud: fields as in the settings, None where unset.

    Args:
        settings: the block ``ci``.
        manifest: of the root, as it is in the file.
    """
    levels = _levels(settings, str(manifest["tenant"]), str(manifest["environment"]))
    found: dict[str, dict[str, str | None]] = {}
    for cloud in clouds_of(manifest):
        fields = [getattr(level, cloud).model_dump() for level in levels]
        found[cloud] = {
            name: next((one[name] for one in reversed(fields) if one[name] is not None), None)
            for name in fields[0]
        }
    arguments = {
        cloud: manifest.get("providers", {}).get(name, {}).get("arguments", {})
        for name, cloud in _PROVIDERS.items()
    }
    _default(found, "aws", "region", arguments["aws"].get("region"))
    _default(found, "aws", "region", _state(manifest).get("region"))
    _default(found, "azure", "subscription_id", arguments["azure"].get("subscription_id"))
    return found


def connections_of(settings: CiSettings, tenant: str, environment: str) -> dict[str, str | None]:
    """The service connections of Azure DevOps that plan and apply."""
    levels = _levels(settings, tenant, environment)
    return {
        name: next((found for one in reversed(levels) if (found := getattr(one, name))), None)
        for name in ("plan_connection", "apply_connection")
    }


def _levels(settings: CiSettings, tenant: str, environment: str) -> list[Logins]:
    """Weakest first."""
    levels = [settings.logins]
    if environment in settings.environments:
        levels.append(settings.environments[environment])
    if (own := settings.tenants.get(tenant)) is not None:
        levels.append(own)
        if environment in own.environments:
            levels.append(own.environments[environment])
    return levels


def _state(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    found = manifest.get("state", {}).get("arguments", {})
    return found if isinstance(found, dict) else {}


def _default(found: dict[str, dict[str, str | None]], cloud: str, name: str, value: object) -> None:
    """What the root itself says, where the settings say nothing; not an expression."""
    if cloud in found and found[cloud][name] is None and isinstance(value, str):
        found[cloud][name] = value
