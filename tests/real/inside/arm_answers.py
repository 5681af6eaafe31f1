"""What Azure adds to what was PUT, by type: ids, addresses, states, and settings with a default.

Only what the provider cannot do without is here. Each is as the type's REST reference has it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
TENANT = "00000000-0000-4000-8000-00000000000f"


def guid(text: str) -> str:
    """The same UUID for the same text, whatever its case."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, text.lower()))


def kind_of(path: str) -> str:
    """The type of what an id names, in lower case: ``microsoft.app/jobs``."""
    if "/providers/" not in path.lower():
        return "microsoft.resources/resourcegroups"
    parts = path.lower().rsplit("/providers/", 1)[1].split("/")
    return "/".join([parts[0], *parts[1::2]])


def completed(path: str, body: Data) -> Data:
    """A resource as it is told.

    Args:
        path: its id.
        body: what was asked for; it is changed.
    """
    kind = kind_of(path)
    properties = body.setdefault("properties", {})
    body |= {"id": path, "name": path.rsplit("/", 1)[1], "type": kind}
    if not kind.startswith("microsoft.authorization/"):
        properties["provisioningState"] = "Succeeded"
    if body.get("identity"):
        _identity(path, body["identity"])
    if kind in _ADDED:
        _ADDED[kind](path, properties)
    return body


def _identity(path: str, identity: Data) -> None:
    """Who a resource is: the ids of its own principal, and of those that it was given."""
    given = identity.get("userAssignedIdentities") or {}
    if given:
        identity["userAssignedIdentities"] = {name: principal(name) for name in given}
    if "SystemAssigned" in identity.get("type", ""):
        identity |= {"principalId": guid(f"system {path}"), "tenantId": TENANT}


def principal(path: str) -> Data:
    """The ids of a managed identity."""
    return {"principalId": guid(f"principal {path}"), "clientId": guid(f"client {path}")}


def _managed_identity(path: str, properties: Data) -> None:
    properties |= {**principal(path), "tenantId": TENANT}


def _log_workspace(path: str, properties: Data) -> None:
    properties["customerId"] = guid(f"workspace {path}")
    properties.setdefault("publicNetworkAccessForIngestion", "Enabled")
    properties.setdefault("publicNetworkAccessForQuery", "Enabled")
    properties.setdefault("workspaceCapping", {"dailyQuotaGb": -1.0})


def _environment(path: str, properties: Data) -> None:
    properties |= {"defaultDomain": "x.region.azurecontainerapps.io", "staticIp": "10.0.0.4"}
    properties.setdefault("zoneRedundant", False)
    properties.setdefault(
        "customDomainConfiguration", {"customDomainVerificationId": guid(f"domain {path}")}
    )
    logs = properties.get("appLogsConfiguration", {}).get("logAnalyticsConfiguration") or {}
    logs.pop("sharedKey", None)  # never told again


def _job(path: str, properties: Data) -> None:
    properties["eventStreamEndpoint"] = f"https://region.azurecontainerapps.dev{path}/eventstream"
    properties["outboundIpAddresses"] = ["192.0.2.4"]


def _app(path: str, properties: Data) -> None:
    properties["latestRevisionName"] = f"{path.rsplit('/', 1)[1]}--1"
    properties["outboundIpAddresses"] = ["192.0.2.4"]
    properties["customDomainVerificationId"] = guid(f"domain {path}")


def _assignment(path: str, properties: Data) -> None:
    properties["scope"] = path[: path.lower().rindex("/providers/microsoft.authorization/")]


def _definition(_: str, properties: Data) -> None:
    properties.setdefault("type", "CustomRole")


def _cluster(path: str, properties: Data) -> None:
    version = properties.setdefault("kubernetesVersion", "1.34")
    properties |= {
        "fqdn": "c.azmk8s.io",
        "privateFQDN": "c.privatelink.azmk8s.io",
        "powerState": {"code": "Running"},
        "currentKubernetesVersion": _patched(version),
    }
    issuer = {"issuerURL": "https://region.oic.prod-aks.azure.com/tenant/cluster/"}
    properties["oidcIssuerProfile"] = {**properties.get("oidcIssuerProfile", {}), **issuer}
    for addon in properties.get("addonProfiles", {}).values():
        addon.setdefault("identity", {"resourceId": f"{path}/addon", **principal(path)})
    kubelet = {"resourceId": f"{path}/kubelet", "objectId": guid(path), "clientId": guid(path)}
    properties.setdefault("identityProfile", {"kubeletidentity": kubelet})
    network = properties.setdefault("networkProfile", {})
    network.setdefault("ipFamilies", ["IPv4"])
    network.setdefault("podCidrs", [network.get("podCidr")])
    network.setdefault("serviceCidrs", [network.get("serviceCidr")])


def _pool(_: str, properties: Data) -> None:
    version = properties.get("orchestratorVersion", "1.34")
    properties |= {"currentOrchestratorVersion": _patched(version), "nodeImageVersion": "x"}
    properties["powerState"] = {"code": "Running"}
    properties.setdefault("scaleDownMode", "Delete")
    if properties.get("scaleSetPriority") != "Spot":
        properties.setdefault("upgradeSettings", {}).setdefault("maxSurge", "10%")


def _patched(version: str) -> str:
    return version if version.count(".") == 2 else f"{version}.2"


_ADDED: dict[str, Callable[[str, Data], None]] = {
    "microsoft.app/containerapps": _app,
    "microsoft.app/jobs": _job,
    "microsoft.app/managedenvironments": _environment,
    "microsoft.authorization/roleassignments": _assignment,
    "microsoft.authorization/roledefinitions": _definition,
    "microsoft.containerservice/managedclusters": _cluster,
    "microsoft.containerservice/managedclusters/agentpools": _pool,
    "microsoft.managedidentity/userassignedidentities": _managed_identity,
    "microsoft.operationalinsights/workspaces": _log_workspace,
}
