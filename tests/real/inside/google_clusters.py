"""Kubernetes Engine: clusters and their node pools, with what the API fills in."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from tests.real.inside.google_apis import Said, Thing, missing
from tests.real.inside.google_found import NOW, NUMBER

if TYPE_CHECKING:
    from tests.real.inside.google_cloud import Cloud

_COMPUTE = "https://www.googleapis.com/compute/v1"
_VERSION = "1.33.5-gke.1080000"
_PATH = re.compile(
    r"projects/(?P<project>[^/]+)/locations/(?P<location>[^/]+)/clusters"
    r"(?:/(?P<cluster>[^/:]+))?(?P<pools>/nodePools)?(?:/(?P<pool>[^/:]+))?(?:[:/](?P<verb>\w+))?"
)
# What an update of a pool puts into its configuration.
_OF_CONFIG = ("machineType", "diskType", "diskSizeGb", "kubeletConfig", "workloadMetadataConfig")
_LISTS = ("tags", "labels", "resourceLabels", "taints")


def answer(cloud: Cloud, method: str, path: str, body: Any) -> Said:
    """The status and the body for a request to the API of clusters."""
    if path.endswith("/serverConfig"):
        return 200, {"validMasterVersions": [_VERSION], "channels": []}
    match = _PATH.fullmatch(path)
    assert match is not None, path
    if method == "POST" and not match["cluster"]:
        cluster = _cluster(cloud, match, copy.deepcopy(body["cluster"]))
        cloud.things[_key(match, cluster["name"])] = cluster
        return _operation(cloud, match, cluster["selfLink"], "CREATE_CLUSTER")
    cluster = cloud.things.get(_key(match, match["cluster"]), {})
    if not cluster:
        return missing(path)
    if match["pools"]:
        return _pools(cloud, match, method, cluster, body)
    if method == "GET":
        return 200, _shown(cluster)
    if method == "DELETE":
        del cloud.things[_key(match, match["cluster"])]
        return _operation(cloud, match, cluster["selfLink"], "DELETE_CLUSTER")
    _change_cluster(cloud, match["verb"], cluster, body)
    return _operation(cloud, match, cluster["selfLink"], "UPDATE_CLUSTER")


def _key(match: re.Match[str], name: str) -> str:
    return f"container/projects/{match['project']}/locations/{match['location']}/clusters/{name}"


def _operation(cloud: Cloud, match: re.Match[str], target: str, kind: str) -> Said:
    name, location = f"operation-{cloud.count()}", match["location"]
    path = f"projects/{match['project']}/locations/{location}/operations/{name}"
    operation = {
        "name": name,
        "operationType": kind,
        "status": "DONE",
        "zone": location,
        "location": location,
        "startTime": NOW,
        "selfLink": f"https://container.googleapis.com/v1/{path}",
        "targetLink": target,
    }
    return 200, cloud.operation(operation, path)


def _pools(cloud: Cloud, match: re.Match[str], method: str, cluster: Thing, body: Any) -> Said:
    pools = cluster["nodePools"]
    if not match["pool"]:
        if method == "GET":
            return 200, {"nodePools": pools}
        pools.append(_pool(cloud, match, cluster, copy.deepcopy(body["nodePool"])))
        return _operation(cloud, match, cluster["selfLink"], "CREATE_NODE_POOL")
    pool = next((each for each in pools if each["name"] == match["pool"]), None)
    if pool is None:
        return missing(match["pool"])
    if method == "GET":
        return 200, pool
    if method == "DELETE":
        pools.remove(pool)
        return _operation(cloud, match, cluster["selfLink"], "DELETE_NODE_POOL")
    _change_pool(match["verb"], pool, body)
    return _operation(cloud, match, pool["selfLink"], "UPDATE_NODE_POOL")


def _change_pool(verb: str | None, pool: Thing, body: Thing) -> None:
    if verb in ("setAutoscaling", "autoscaling"):
        pool["autoscaling"] = body["autoscaling"]
    elif verb == "setSize":
        pool["initialNodeCount"] = body["nodeCount"]
    elif verb == "setManagement":
        pool["management"] = body["management"]
    else:
        for name, value in body.items():
            if name in ("locations", "upgradeSettings"):
                pool[name] = value
            elif name in _LISTS:
                pool["config"][name] = value.get(name, value) if isinstance(value, dict) else value
            elif name in _OF_CONFIG:
                pool["config"][name] = int(value) if name == "diskSizeGb" else value


def _change_cluster(cloud: Cloud, verb: str | None, cluster: Thing, body: Thing) -> None:
    if verb in ("setResourceLabels", "resourceLabels"):
        cluster["resourceLabels"] = body.get("resourceLabels", {})
        cluster["labelFingerprint"] = str(cloud.count())
    elif verb == "setMaintenancePolicy":
        version = str(cloud.count())
        cluster["maintenancePolicy"] = {**body["maintenancePolicy"], "resourceVersion": version}
    for name, value in body.get("update", {}).items():
        short = name.removeprefix("desired")
        cluster[short[0].lower() + short[1:]] = value


def _shown(cluster: Thing) -> Thing:
    shown = copy.deepcopy(cluster)
    if pools := cluster["nodePools"]:
        shown["nodeConfig"] = copy.deepcopy(pools[0]["config"])
        shown["currentNodeVersion"] = pools[0]["version"]
        shown["instanceGroupUrls"] = [url for pool in pools for url in pool["instanceGroupUrls"]]
    return shown


def _pool(cloud: Cloud, match: re.Match[str], cluster: Thing, pool: Thing) -> Thing:
    """A pool with what the API fills in, and its groups of machines."""
    pool["config"] = _machines(pool.get("config", {}))
    pool.setdefault("locations", cluster["locations"])
    pool.setdefault("maxPodsConstraint", {"maxPodsPerNode": "110"})
    pool.setdefault("podIpv4CidrSize", 24)
    pool.setdefault("management", {"autoRepair": True, "autoUpgrade": True})
    pool.setdefault("upgradeSettings", {"maxSurge": 1}).setdefault("strategy", "SURGE")
    ranges = {"podRange": "gke-pods", "podIpv4CidrBlock": "10.4.0.0/14"}
    pool.setdefault("networkConfig", {}).update(ranges)
    pool.setdefault("initialNodeCount", 0)
    urls = []
    for zone in pool["locations"]:
        parent, name = f"projects/{match['project']}/zones/{zone}", f"gke-{pool['name']}-{zone}"
        urls.append(f"{_COMPUTE}/{parent}/instanceGroupManagers/{name}")
        cloud.things[f"compute/{parent}/instanceGroupManagers/{name}"] = {
            "name": name,
            "targetSize": pool["initialNodeCount"],
            "selfLink": urls[-1],
            "instanceGroup": f"{_COMPUTE}/{parent}/instanceGroups/{name}",
        }
    pool.update(
        status="RUNNING",
        version=cluster["currentMasterVersion"],
        etag=str(cloud.count()),
        selfLink=f"{cluster['selfLink']}/nodePools/{pool['name']}",
        instanceGroupUrls=urls,
    )
    return pool


def _machines(config: Thing) -> Thing:
    filled = {
        "machineType": "e2-medium",
        "diskSizeGb": 100,
        "diskType": "pd-balanced",
        "imageType": "COS_CONTAINERD",
        "metadata": {"disable-legacy-endpoints": "true"},
        "effectiveCgroupMode": "EFFECTIVE_CGROUP_MODE_V2",
        "loggingConfig": {"variantConfig": {"variant": "DEFAULT"}},
        "windowsNodeConfig": {},
        **config,
    }
    size = {"diskType": filled["diskType"], "sizeGb": str(filled["diskSizeGb"])}
    filled.setdefault("bootDisk", size)
    kubelet = {"insecureKubeletReadonlyPortEnabled": False, "maxParallelImagePulls": 3}
    filled["kubeletConfig"] = {**kubelet, **filled.get("kubeletConfig", {})}
    model = "spot" if config.get("spot") else "on-demand"
    labels = filled.setdefault("resourceLabels", {})
    labels["goog-gke-node-pool-provisioning-model"] = model
    return filled


def _cluster(cloud: Cloud, match: re.Match[str], cluster: Thing) -> Thing:
    """A cluster with what the API fills in."""
    location = match["location"]
    path = _key(match, cluster["name"]).removeprefix("container/")
    cluster.update(
        location=location,
        zone=location,
        selfLink=f"https://container.googleapis.com/v1/{path}",
        status="RUNNING",
        id=str(cloud.count()),
        etag=str(cloud.count()),
        createTime=NOW,
        currentMasterVersion=_VERSION,
        initialClusterVersion=_VERSION,
        endpoint="10.20.0.2",
        clusterIpv4Cidr="10.4.0.0/14",
        servicesIpv4Cidr="34.118.224.0/20",
        labelFingerprint=str(cloud.count()),
        loggingService="logging.googleapis.com/kubernetes",
        monitoringService="monitoring.googleapis.com/kubernetes",
        masterAuth={"clientCertificateConfig": {}, "clusterCaCertificate": "LS0tLS0K"},
    )
    for name, value in _cluster_defaults(location).items():
        cluster.setdefault(name, value)
    _placed(match["project"], location, cluster)
    _reached(location, cluster)
    state = cluster["databaseEncryption"].get("state", "DECRYPTED")
    cluster["databaseEncryption"]["currentState"] = f"CURRENT_STATE_{state}"
    cluster.setdefault("maintenancePolicy", {})["resourceVersion"] = str(cloud.count())
    first = {
        "name": "default-pool",
        "config": cluster.pop("nodeConfig", {}),
        "initialNodeCount": cluster.get("initialNodeCount", 1),
    }
    pools = cluster.get("nodePools") or [first]
    cluster["nodePools"] = [_pool(cloud, match, cluster, pool) for pool in pools]
    return cluster


def _cluster_defaults(location: str) -> Thing:
    return {
        "locations": [f"{location}-{zone}" for zone in "bcd"],
        "databaseEncryption": {"state": "DECRYPTED"},
        "shieldedNodes": {"enabled": True},
        "defaultMaxPodsConstraint": {"maxPodsPerNode": "110"},
        "notificationConfig": {"pubsub": {}},
        "securityPostureConfig": {"mode": "BASIC"},
        "enterpriseConfig": {"clusterTier": "STANDARD"},
        "podAutoscaling": {"hpaProfile": "PERFORMANCE"},
        "autoscaling": {"autoscalingProfile": "BALANCED"},
        "loggingConfig": {"componentConfig": {}},
        "monitoringConfig": {"advancedDatapathObservabilityConfig": {"enableMetrics": False}},
    }


def _placed(project: str, location: str, cluster: Thing) -> None:
    """Where it is in the network: names are told short, and in full beside that."""
    network = cluster.get("network", "default")
    subnetwork = cluster.get("subnetwork", network.split("/")[-1])
    cluster.setdefault("networkConfig", {}).update(
        network=network if "/" in network else f"projects/{project}/global/networks/{network}",
        subnetwork=(
            subnetwork
            if "/" in subnetwork
            else f"projects/{project}/regions/{location}/subnetworks/{subnetwork}"
        ),
    )
    cluster["networkConfig"].setdefault("defaultEnablePrivateNodes", True)
    cluster.update(network=network.split("/")[-1], subnetwork=subnetwork.split("/")[-1])
    ranges = cluster.setdefault("ipAllocationPolicy", {})
    ranges.update(
        useIpAliases=True,
        clusterIpv4CidrBlock="10.4.0.0/14",
        servicesIpv4CidrBlock="34.118.224.0/20",
        stackType="IPV4",
        podCidrOverprovisionConfig={},
        defaultPodIpv4RangeUtilization=0.01,
    )
    ranges.setdefault("clusterSecondaryRangeName", "gke-pods")


def _reached(location: str, cluster: Thing) -> None:
    """Its endpoints, and the add-ons that are there unless they are refused."""
    addresses = {"privateEndpoint": "10.20.0.2", "publicEndpoint": "34.1.2.3"}
    endpoints = cluster.setdefault("controlPlaneEndpointsConfig", {})
    name = f"gke-{'0' * 32}-{NUMBER}.{location}.gke.goog"
    endpoints.setdefault("dnsEndpointConfig", {})["endpoint"] = name
    endpoints.setdefault("ipEndpointsConfig", {}).update(addresses)
    cluster.setdefault("privateClusterConfig", {}).update(addresses)
    addons = cluster.setdefault("addonsConfig", {})
    addons.setdefault("networkPolicyConfig", {"disabled": True})
    addons.setdefault("dnsCacheConfig", {"enabled": True})
    addons.setdefault("gcePersistentDiskCsiDriverConfig", {"enabled": True})
