"""Azure Kubernetes Service: clusters, and what belongs to their nodes' disks and identities.

Sources: REST API, Managed Clusters - Create Or Update, Disk Encryption Sets - Create Or Update;
AKS documentation, "Azure CNI Powered by Cilium", "Configure Azure CNI Overlay networking",
"Create a private cluster", "Manage local accounts", "Use planned maintenance"; the provider's
documentation of ``azurerm_kubernetes_cluster``; Entra documentation, "Federated identity
credentials".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.azurerm_node_pools import default_pool
from generator.rehearsal.rules.common import exactly_one, in_range, one_of, present
from generator.rehearsal.values import blocks

# "Use Azure tags in AKS" and "Tag limitations" of Azure Resource Manager.
ZONE_TAGS = 15
ZONE_TAG = r"[A-Za-z_][A-Za-z0-9_.-]*"
PREFIX = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,52}[A-Za-z0-9])?"
ZONE = r"(?i:/subscriptions/.+/privateDnsZones/.+)"
CHANNELS = ("patch", "rapid", "node-image", "stable")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FREQUENCIES = ("Daily", "Weekly", "AbsoluteMonthly", "RelativeMonthly")
OUTBOUND = (
    *("loadBalancer", "userDefinedRouting", "managedNATGateway"),
    *("userAssignedNATGateway", "none", "block"),
)
KEY_URL = r"https://[A-Za-z0-9-]{3,24}\.[a-z0-9.]+/keys/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?"


def cluster(kind: str, value: Resource) -> Iterator[Problem]:
    """Names, sign-in, network, maintenance and the pool of the system."""
    yield from _names(kind, value)
    yield from _zone_tags(kind, value)
    yield from _sign_in(kind, value)
    for profile in blocks(value, "network_profile"):
        yield from _network(kind, profile)
    for window in ("maintenance_window_auto_upgrade", "maintenance_window_node_os"):
        for block in blocks(value, window):
            yield from _window(f"{kind}: {window}", block)
    yield from one_of(kind, value, "automatic_upgrade_channel", CHANNELS)
    yield from one_of(kind, value, "sku_tier", ("Free", "Standard", "Premium"))
    yield from one_of(kind, value, "support_plan", ("KubernetesOfficial", "AKSLongTermSupport"))
    if value.get("support_plan") == "AKSLongTermSupport" and value.get("sku_tier") != "Premium":
        yield f"{kind}: long-term support needs a tier", "sku_tier is Premium then."
    if value.get("cost_analysis_enabled") is True and value.get("sku_tier") in (None, "Free"):
        yield f"{kind}: cost analysis needs a tier", "sku_tier is Standard or Premium then."
    for pool in blocks(value, "default_node_pool"):
        yield from default_pool(kind, pool)
    modes = [profile.get("mode") for profile in blocks(value, "node_provisioning_profile")]
    if any(mode not in ("Auto", "Manual", None) and present(mode) for mode in modes):
        yield f"{kind}: invalid node_provisioning_profile", f"{modes[0]!r} is not Auto or Manual."


def _names(kind: str, value: Resource) -> Iterator[Problem]:
    yield from exactly_one(kind, value, "dns_prefix", "dns_prefix_private_cluster")
    for attribute in ("dns_prefix", "dns_prefix_private_cluster"):
        prefix = value.get(attribute)
        if isinstance(prefix, str) and not re.fullmatch(PREFIX, prefix):
            detail = f"{prefix!r}: 1 to 54 letters, digits and hyphens."
            yield f"{kind}: invalid {attribute}", detail
    group = value.get("node_resource_group")
    if isinstance(group, str) and not re.fullmatch(r"[\w().-]{0,79}[\w()-]", group):
        yield f"{kind}: invalid node_resource_group", f"{group!r}: 80 characters at most."
    version = value.get("kubernetes_version")
    if isinstance(version, str) and not re.fullmatch(r"1\.\d{1,2}(\.\d{1,3})?", version):
        yield f"{kind}: invalid kubernetes_version", repr(version)


def _zone_tags(kind: str, value: Resource) -> Iterator[Problem]:
    """A private cluster hands its tags on to the zone of its address, which takes fewer."""
    tags = value.get("tags")
    if value.get("private_cluster_enabled") is not True or not isinstance(tags, dict):
        return
    if len(tags) > ZONE_TAGS:
        detail = f"{len(tags)} tags; the private DNS zone that gets them takes {ZONE_TAGS}."
        yield f"{kind}: too many tags for a private cluster", detail
    for key in tags:
        if not re.fullmatch(ZONE_TAG, key):
            detail = f"{key!r}: letters, digits and _ . - only, and no digit first."
            yield f"{kind}: a private DNS zone takes no such tag name", detail


def _sign_in(kind: str, value: Resource) -> Iterator[Problem]:
    """Who gets in: identities, accounts, and the zone of a private API server."""
    if value.get("workload_identity_enabled") is True and value.get("oidc_issuer_enabled") is False:
        yield f"{kind}: workload identity needs the OIDC issuer", "Set oidc_issuer_enabled."
    directory = blocks(value, "azure_active_directory_role_based_access_control")
    if value.get("local_account_disabled") is True and directory == []:
        yield f"{kind}: no way to sign in", "Without local accounts it needs the directory."
    zone, private = value.get("private_dns_zone_id"), value.get("private_cluster_enabled")
    if not isinstance(zone, str):
        return
    if private in (None, False):
        yield f"{kind}: private_dns_zone_id of a public cluster", repr(zone)
    if zone in ("System", "None"):
        return
    if not re.fullmatch(ZONE, zone):
        yield f"{kind}: invalid private_dns_zone_id", f"{zone!r}: System, None or a zone's id."
    if any(identity.get("type") == "SystemAssigned" for identity in blocks(value, "identity")):
        yield f"{kind}: a zone of one's own needs a user-assigned identity", repr(zone)


def _network(kind: str, profile: Resource) -> Iterator[Problem]:
    plane, policy = profile.get("network_data_plane"), profile.get("network_policy")
    if present(plane) and present(policy) and (plane == "cilium") != (policy == "cilium"):
        yield f"{kind}: cilium is data plane and policy, or neither", f"{plane} and {policy}."
    mode, plugin = profile.get("network_plugin_mode"), profile.get("network_plugin")
    if mode == "overlay" and isinstance(plugin, str) and plugin != "azure":
        yield f"{kind}: overlay needs network_plugin azure", repr(plugin)
    if mode is None and plugin == "azure" and present(profile.get("pod_cidr")):
        yield f"{kind}: pod_cidr needs overlay", repr(profile.get("pod_cidr"))
    yield from one_of(kind, profile, "outbound_type", OUTBOUND)
    pods, services = (_range(profile.get(name)) for name in ("pod_cidr", "service_cidr"))
    if pods and services and pods.overlaps(services):
        yield f"{kind}: addresses overlap", f"{pods} of pods and {services} of services."
    if services and services.prefixlen < 12:
        yield f"{kind}: service_cidr is too large", f"{services}: smaller than a /12."
    server = profile.get("dns_service_ip")
    if services and isinstance(server, str):
        address = ipaddress.ip_address(server)
        if address not in services or address == services.network_address + 1:
            detail = f"{server} is not within {services}, or is its first address."
            yield f"{kind}: invalid dns_service_ip", detail


def _range(text: object) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    return ipaddress.ip_network(text, strict=False) if isinstance(text, str) else None


def _window(kind: str, window: Resource) -> Iterator[Problem]:
    yield from one_of(kind, window, "frequency", FREQUENCIES)
    yield from one_of(kind, window, "day_of_week", DAYS)
    yield from in_range(kind, window, "duration", 4, 24)
    if window.get("frequency") == "Weekly" and window.get("day_of_week") is None:
        yield f"{kind}: no day", "A weekly window has a day_of_week."
    start = window.get("start_time")
    if isinstance(start, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", start):
        yield f"{kind}: invalid start_time", repr(start)


def federated_credential(kind: str, value: Resource) -> Iterator[Problem]:
    """One audience, an issuer that is an address, and a subject."""
    audience = value.get("audience")
    if isinstance(audience, list) and len(audience) != 1:
        yield f"{kind}: one audience", f"{len(audience)} are given."
    issuer = value.get("issuer")
    if isinstance(issuer, str) and not issuer.startswith("https://"):
        yield f"{kind}: invalid issuer", repr(issuer)
    subject = value.get("subject")
    if isinstance(subject, str) and not 1 <= len(subject) <= 600:
        yield f"{kind}: invalid subject", f"{len(subject)} characters; the API takes 600."


def disk_encryption_set(kind: str, value: Resource) -> Iterator[Problem]:
    """The address of a key, without a version where it shall follow the key's rotation."""
    key = value.get("key_vault_key_id")
    found = re.fullmatch(KEY_URL, key) if isinstance(key, str) else None
    if isinstance(key, str) and not found:
        yield f"{kind}: key_vault_key_id is a key's address", repr(key)
    if found and found[1] and value.get("auto_key_rotation_enabled") is True:
        yield f"{kind}: a key with a version cannot rotate", repr(key)
