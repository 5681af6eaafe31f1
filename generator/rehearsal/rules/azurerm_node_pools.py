"""Azure Kubernetes Service: pools of nodes.

Sources: REST API, Agent Pools - Create Or Update; AKS documentation, "Create node pools", "Use
labels in a cluster", "Add a spot node pool", "Resource limits"; the provider's documentation of
``azurerm_kubernetes_cluster_node_pool``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, present
from generator.rehearsal.rules.kubernetes_names import KEY, VALUE
from generator.rehearsal.values import blocks, known, mapping

POOL_NAME = r"[a-z][a-z0-9]{0,11}"
SIZE = r"Standard_[A-Z]+[0-9]+[A-Za-z0-9-]*(_[A-Za-z0-9]+)*"
RESERVED = r"(?:.*\.)?(?:kubernetes\.io|k8s\.io)/.*"
SPOT_LABEL = "kubernetes.azure.com/scalesetpriority"
SPOT_TAINT = f"{SPOT_LABEL}=spot:NoSchedule"
TAINT = r"[^=:]+(=[^=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)"


# "Manage system node pools": the first number of a size is its number of vCPU since version 3.
LEAST_OF_SYSTEM = 4
SMALL = r"Standard_(?:B[0-9].*|[A-Z]+([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9])"


def default_pool(kind: str, pool: Resource) -> Iterator[Problem]:
    """The pool of the system, which is never empty."""
    where = f"{kind}: default_node_pool"
    yield from _pool(where, pool)
    for attribute in ("node_count", "min_count"):
        yield from in_range(where, pool, attribute, 1, 1000)
    size = pool.get("vm_size")
    small = re.fullmatch(SMALL, size) if isinstance(size, str) else None
    if small and (small[1] is None or int(small[1]) < LEAST_OF_SYSTEM):
        detail = f"{size!r}: at least {LEAST_OF_SYSTEM} vCPU, and none of the B series."
        yield f"{where}: vm_size is too small for the system", detail


def node_pool(kind: str, value: Resource) -> Iterator[Problem]:
    """A further pool; spot machines have rules of their own."""
    yield from _pool(kind, value)
    for attribute in ("node_count", "min_count"):
        yield from in_range(kind, value, attribute, 0, 1000)
    yield from one_of(kind, value, "mode", ("System", "User", "Gateway"))
    taints = value.get("node_taints")
    for taint in taints if isinstance(taints, list) else []:
        if isinstance(taint, str) and not re.fullmatch(TAINT, taint):
            yield f"{kind}: invalid node_taints", f"{taint!r} is not KEY=VALUE:EFFECT."
    if value.get("priority") == "Spot":
        yield from _spot(kind, value)
    elif value.get("priority") in (None, "Regular") and any(
        present(value.get(name)) for name in ("eviction_policy", "spot_max_price")
    ):
        yield f"{kind}: not a spot pool", "eviction_policy and spot_max_price need priority Spot."


def _pool(kind: str, pool: Resource) -> Iterator[Problem]:
    for attribute in ("name", "temporary_name_for_rotation"):
        name = pool.get(attribute)
        if isinstance(name, str) and not re.fullmatch(POOL_NAME, name):
            detail = f"{name!r}: 12 lower-case letters and digits, a letter first."
            yield f"{kind}: invalid {attribute}", detail
    size = pool.get("vm_size")
    if isinstance(size, str) and not re.fullmatch(SIZE, size):
        yield f"{kind}: invalid vm_size", f"{size!r} is not like Standard_D4s_v5."
    yield from in_range(kind, pool, "max_pods", 10, 250)
    yield from in_range(kind, pool, "os_disk_size_gb", 1, 2048)
    yield from one_of(kind, pool, "os_disk_type", ("Managed", "Ephemeral"))
    yield from _scaling(kind, pool)
    for key, value in mapping(pool.get("node_labels")).items():
        if not re.fullmatch(KEY, key) or re.fullmatch(RESERVED, key):
            yield f"{kind}: invalid node label", f"{key!r} is no label that a node may be given."
        if isinstance(value, str) and not re.fullmatch(VALUE, value):
            yield f"{kind}: invalid node label", f"{key} = {value!r}"


def _scaling(kind: str, pool: Resource) -> Iterator[Problem]:
    scaled, low, high = (pool.get(n) for n in ("auto_scaling_enabled", "min_count", "max_count"))
    if scaled is True and (low is None or high is None):
        yield f"{kind}: no bounds", "auto_scaling_enabled needs min_count and max_count."
    if scaled in (None, False) and (present(low) or present(high)):
        yield f"{kind}: bounds without autoscaling", f"min_count {low}, max_count {high}."
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield f"{kind}: min_count over max_count", f"{low} and {high}."
    yield from in_range(kind, pool, "max_count", 1, 1000)


def _spot(kind: str, value: Resource) -> Iterator[Problem]:
    if value.get("mode") == "System":
        yield f"{kind}: a spot pool cannot keep the system going", "mode is User then."
    if any(present(block.get("max_surge")) for block in blocks(value, "upgrade_settings")):
        yield f"{kind}: spot pools can't set max surge", "Leave upgrade_settings out."
    # What the API adds by itself, and Terraform would take away in every plan.
    taints = value.get("node_taints") or []
    if isinstance(taints, list) and known(taints) and SPOT_TAINT not in taints:
        yield f"{kind}: the taint of spot machines is missing", SPOT_TAINT
    labels = value.get("node_labels")
    if isinstance(labels, dict) and labels.get(SPOT_LABEL) != "spot":
        yield f"{kind}: the label of spot machines is missing", f"{SPOT_LABEL}=spot"
