"""Which clouds a root is of, as its manifest tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What a provider, and what a backend, is logged in to. Databricks and Kubernetes are reached
# with what the cloud's own login gives.
PROVIDERS = {"aws": "aws", "google": "gcp", "azurerm": "azure"}
_BACKENDS = {"s3": "aws", "gcs": "gcp", "azurerm": "azure"}
CLOUDS = ("aws", "gcp", "azure")


def clouds_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The clouds of a root's providers and of its state.

    Args:
        manifest: of the root, as it is in the file.
    """
    providers = {*manifest.get("providers", {})}
    for part in (manifest, manifest.get("leaving") or {}):
        providers |= _required(part)
    found = {PROVIDERS.get(name) for name in providers}
    found.add(_BACKENDS.get(manifest.get("state", {}).get("type", "")))
    return tuple(cloud for cloud in CLOUDS if cloud in found)


def cloud_of(manifest: Mapping[str, Any]) -> str:
    """The cloud of a root's providers; where they are none, that of its state; "" without any.

    Args:
        manifest: of the root, as it is in the file.
    """
    providers = {*manifest.get("providers", {}), *_required(manifest)}
    own = (cloud for name, cloud in PROVIDERS.items() if name in providers)
    return next(own, None) or next(iter(clouds_of(manifest)), "")


def _required(part: Mapping[str, Any]) -> set[str]:
    return {*part.get("terraform", {}).get("required_providers", {})}
