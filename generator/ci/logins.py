"""Which clouds a root needs to reach, and as whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.ci import CiSettings, Logins
from generator.render.root_clouds import PROVIDERS, clouds_of


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
        for name, cloud in PROVIDERS.items()
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
