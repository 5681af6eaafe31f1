"""Google Kubernetes Engine: clusters and node pools.

Sources: GKE API reference, projects.locations.clusters and .nodePools; GKE documentation,
"Encrypt Secrets at the application layer", "Dataplane V2", "Maintenance windows", "Cluster
autoscaler", "Workload Identity Federation"; Kubernetes, "Labels and Selectors".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, present
from generator.rehearsal.rules.google_labels import labels
from generator.rehearsal.rules.kubernetes_names import KEY, VALUE
from generator.rehearsal.values import blocks, mapping

VERSION = r"1\.\d+(\.\d+(-gke\.\d+)?)?"
MACHINE = r"[a-z][a-z0-9]*(-[a-z0-9]+)+"
TOO_SMALL = ("e2-micro", "f1-micro", "g1-small")
NETWORK_TAG = r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
KEY_NAME = r"projects/[^/]+/locations/([^/]+)/keyRings/[^/]+/cryptoKeys/[^/]+"
OWN_DOMAINS = r"(?:[a-z0-9-]+\.)*(?:kubernetes|k8s)\.io/.*"
LEAST_WINDOW = timedelta(hours=4)
CHOICES = {
    ("release_channel", "channel"): ("UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"),
    ("binary_authorization", "evaluation_mode"): ("DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"),
    ("database_encryption", "state"): ("ENCRYPTED", "DECRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"),
    ("anonymous_authentication_config", "mode"): ("ENABLED", "LIMITED"),
}
EFFECTS = ("NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE")
LOGGED = {
    *("SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "WORKLOADS"),
    *("KCP_CONNECTION", "KCP_SSHD", "KCP_HPA"),
}


def cluster(kind: str, value: Resource) -> Iterator[Problem]:
    """What belongs together, and what a location, a key, a window or a network must be."""
    version = value.get("min_master_version")
    if isinstance(version, str) and not re.fullmatch(VERSION + "|latest", version):
        yield f"{kind}: invalid min_master_version", f"{version!r} is no version such as 1.33."
    yield from one_of(kind, value, "datapath_provider", ("LEGACY_DATAPATH", "ADVANCED_DATAPATH"))
    yield from one_of(kind, value, "networking_mode", ("VPC_NATIVE", "ROUTES"))
    for (block, attribute), choices in CHOICES.items():
        for found in blocks(value, block):
            yield from one_of(kind, found, attribute, choices)
    for logging in blocks(value, "logging_config"):
        wanted = logging.get("enable_components")
        if present(wanted) and (unknown := set(wanted or ()) - LOGGED):
            yield f"{kind}: no such component to log", ", ".join(sorted(unknown))
    yield from _pools(kind, value)
    yield from _networks(kind, value)
    yield from _key(kind, value)
    yield from _identity(kind, value)
    yield from _maintenance(kind, value)
    for config in blocks(value, "node_config"):
        yield from node_config(kind, config)


def _pools(kind: str, value: Resource) -> Iterator[Problem]:
    first = value.get("initial_node_count")
    if value.get("remove_default_node_pool") is True and first in (None, 0):
        detail = "A cluster starts with a pool, even one that is removed at once."
        yield f"{kind}: initial_node_count is missing", detail


def _networks(kind: str, value: Resource) -> Iterator[Problem]:
    advanced = value.get("datapath_provider") == "ADVANCED_DATAPATH"
    if advanced and any(p.get("enabled") is True for p in blocks(value, "network_policy")):
        detail = "Dataplane V2 enforces network policies by itself."
        yield f"{kind}: network_policy with ADVANCED_DATAPATH", detail
    private = blocks(value, "private_cluster_config")
    authorized = blocks(value, "master_authorized_networks_config")
    if any(p.get("enable_private_endpoint") is True for p in private) and not authorized:
        detail = "A private endpoint needs master_authorized_networks_config, be it empty."
        yield f"{kind}: no master_authorized_networks_config", detail
    for network in authorized:
        for block in blocks(network, "cidr_blocks"):
            address = block.get("cidr_block")
            if isinstance(address, str) and not _network(address):
                yield f"{kind}: invalid cidr_block", repr(address)


def _network(text: str) -> bool:
    try:
        return bool(ipaddress.ip_network(text, strict=True))
    except ValueError:
        return False


def _key(kind: str, value: Resource) -> Iterator[Problem]:
    for encryption in blocks(value, "database_encryption"):
        key, location = encryption.get("key_name"), value.get("location")
        if encryption.get("state") == "ENCRYPTED" and key is None:
            yield f"{kind}: database_encryption without key_name", "ENCRYPTED needs a key."
        if not isinstance(key, str) or not isinstance(location, str):
            continue
        found = re.fullmatch(KEY_NAME, key)
        if not found:
            yield f"{kind}: invalid key_name", f"{key!r} does not match {KEY_NAME}."
        elif location != found[1] and not location.startswith(f"{found[1]}-"):
            detail = f"{key!r} is in {found[1]}, the cluster in {location}."
            yield f"{kind}: key_name is in another location", detail


def _identity(kind: str, value: Resource) -> Iterator[Problem]:
    for identity in blocks(value, "workload_identity_config"):
        pool, project = identity.get("workload_pool"), value.get("project")
        if isinstance(pool, str) and isinstance(project, str) and pool != f"{project}.svc.id.goog":
            yield f"{kind}: invalid workload_pool", f"{pool!r} is not {project}.svc.id.goog."
    for groups in blocks(value, "authenticator_groups_config"):
        group = groups.get("security_group")
        if isinstance(group, str) and not group.startswith("gke-security-groups@"):
            yield f"{kind}: invalid security_group", f"{group!r} is not gke-security-groups@DOMAIN."


def _maintenance(kind: str, value: Resource) -> Iterator[Problem]:
    for window in blocks(value, "maintenance_policy", "recurring_window"):
        times = [window.get("start_time"), window.get("end_time")]
        if not all(isinstance(time, str) for time in times):
            continue
        try:
            start, end = (datetime.fromisoformat(str(time)) for time in times)
            long_enough = end - start >= LEAST_WINDOW
        except (TypeError, ValueError):
            yield f"{kind}: invalid maintenance window", f"{times} are no times of RFC 3339."
            continue
        if not long_enough:
            yield f"{kind}: maintenance window is too short", "The API takes 4 hours at least."
        recurrence = window.get("recurrence")
        if isinstance(recurrence, str) and not recurrence.startswith("FREQ="):
            yield f"{kind}: invalid recurrence", f"{recurrence!r} is no rule of RFC 5545."


def node_pool(kind: str, value: Resource) -> Iterator[Problem]:
    """Bounds for one zone or for all, a drain that can go on, and nodes that can exist."""
    yield from in_range(kind, value, "node_count", 0, 1000)
    yield from in_range(kind, value, "max_pods_per_node", 8, 256)
    for scaling in blocks(value, "autoscaling"):
        yield from one_of(kind, scaling, "location_policy", ("BALANCED", "ANY"))
        zone = ("min_node_count", "max_node_count")
        total = ("total_min_node_count", "total_max_node_count")
        if any(scaling.get(name) for name in zone) and any(scaling.get(name) for name in total):
            yield f"{kind}: bounds of a zone and of all zones", "Autoscaling takes one of the two."
        for low, high in (zone, total):
            least, most = scaling.get(low), scaling.get(high)
            if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
                yield f"{kind}: {low} over {high}", f"{least} and {most}."
    for upgrade in blocks(value, "upgrade_settings"):
        surge, lost = upgrade.get("max_surge"), upgrade.get("max_unavailable")
        if surge == 0 and lost == 0:
            yield f"{kind}: no node could be upgraded", "max_surge and max_unavailable are both 0."
    for config in blocks(value, "node_config"):
        yield from node_config(kind, config)


def node_config(kind: str, config: Resource) -> Iterator[Problem]:
    """A machine, its disk, and the labels that Kubernetes and Google Cloud take of it."""
    machine = config.get("machine_type")
    if isinstance(machine, str) and (not re.fullmatch(MACHINE, machine) or machine in TOO_SMALL):
        yield f"{kind}: no such machine type for nodes", repr(machine)
    yield from in_range(kind, config, "disk_size_gb", 10, 65536)
    if config.get("spot") is True and config.get("preemptible") is True:
        yield f"{kind}: spot or preemptible", "A machine is one of the two."
    for metadata in blocks(config, "workload_metadata_config"):
        yield from one_of(kind, metadata, "mode", ("GKE_METADATA", "GCE_METADATA"))
    for taint in blocks(config, "taint"):
        yield from one_of(kind, taint, "effect", EFFECTS)
    for key, label in mapping(config.get("labels")).items():
        if not re.fullmatch(KEY, key) or re.fullmatch(OWN_DOMAINS, key):
            yield f"{kind}: invalid node label key", repr(key)
        if isinstance(label, str) and not re.fullmatch(VALUE, label):
            yield f"{kind}: invalid node label value", f"{key} = {label!r}"
    for tag in config.get("tags") or () if isinstance(config.get("tags"), list) else ():
        if isinstance(tag, str) and not re.fullmatch(NETWORK_TAG, tag):
            yield f"{kind}: invalid network tag", repr(tag)
    yield from labels(kind, {"resource_labels": config.get("resource_labels")})
