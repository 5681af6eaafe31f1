"""The cluster of a Databricks job, and tags.

Sources: Databricks REST API reference, "Create new cluster"; Databricks documentation, "Use tags
to attribute and track usage" and "Use a secret in a Spark configuration property or environment
variable"; for the tags of each cloud the Databricks CLI, libs/tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, present
from generator.rehearsal.values import blocks, is_unknown, mapping

CUSTOM_TAGS = 45
TAKEN = ("name", "vendor", "creator", "clusterid", "clustername", "runname", "jobid")
SPARK_VERSION = r"\d+\.\d+\.x(?:-[a-z0-9]+)*-scala2\.1\d"
REFERENCE = r"\{\{secrets/[A-Za-z0-9_@. -]{1,128}/[A-Za-z0-9_.-]{1,128}\}\}"
MODES = (
    *("NONE", "SINGLE_USER", "USER_ISOLATION"),
    *("DATA_SECURITY_MODE_AUTO", "DATA_SECURITY_MODE_STANDARD", "DATA_SECURITY_MODE_DEDICATED"),
)
CLOUDS = ("aws", "azure", "gcp")
AVAILABILITY = {
    "aws": ("SPOT", "ON_DEMAND", "SPOT_WITH_FALLBACK"),
    "azure": ("SPOT_AZURE", "ON_DEMAND_AZURE", "SPOT_WITH_FALLBACK_AZURE"),
    "gcp": ("PREEMPTIBLE_GCP", "ON_DEMAND_GCP", "PREEMPTIBLE_WITH_FALLBACK_GCP"),
}
# cloud → longest key, its pattern, longest value, its pattern
TAGS = {
    "aws": (127, r"[\w +\-=.:/@]+", 255, r"[\w +\-=.:/@]*"),
    "azure": (512, r"[^<>*&%;\\/+?\u0100-\U0010ffff]+", 256, r"[^\u0100-\U0010ffff]*"),
    "gcp": (63, r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", 63, r"([A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)?"),
}


def cluster(kind: str, value: Resource) -> Iterator[Problem]:
    """A new cluster: version, machines, number of workers, tags, variables, logs."""
    version = value.get("spark_version")
    if not present(version) and not is_unknown(version):
        yield f"{kind}: a new cluster needs spark_version", "It is not set."
    elif isinstance(version, str) and not re.fullmatch(SPARK_VERSION, version):
        yield f"{kind}: invalid spark_version", repr(version)
    yield from _machines(kind, value)
    yield from _workers(kind, value)
    yield from one_of(kind, value, "data_security_mode", MODES)
    yield from one_of(kind, value, "runtime_engine", ("STANDARD", "PHOTON"))
    yield from tags(kind, "custom_tags", mapping(value.get("custom_tags")), CUSTOM_TAGS, _of(value))
    for name, content in mapping(value.get("spark_env_vars")).items():
        if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
            yield f"{kind}: invalid name in spark_env_vars", repr(name)
        held = isinstance(content, str) and "{{secrets/" in content
        if held and not re.fullmatch(REFERENCE, content):
            yield f"{kind}: invalid reference to a secret in spark_env_vars", name
    for volume in blocks(value, "cluster_log_conf", "volumes"):
        path = volume.get("destination")
        if isinstance(path, str) and not re.match(r"/Volumes/[^/]+/[^/]+/[^/]+", path):
            yield f"{kind}: invalid log destination", repr(path)
    for dbfs in blocks(value, "cluster_log_conf", "dbfs"):
        path = dbfs.get("destination")
        if isinstance(path, str) and not path.startswith("dbfs:/"):
            yield f"{kind}: invalid log destination", repr(path)


def _of(value: Resource) -> str:
    """The cloud, which only the attributes of its machines tell; empty when nothing does."""
    return next((cloud for cloud in CLOUDS if value.get(f"{cloud}_attributes")), "")


def _machines(kind: str, value: Resource) -> Iterator[Problem]:
    given = [value.get("node_type_id"), value.get("instance_pool_id")]
    pool = present(given[1])
    # The attribute is computed as well: what the configuration leaves out is unknown in a plan.
    if not any(present(item) or is_unknown(item) for item in given):
        yield f"{kind}: a new cluster needs node_type_id or instance_pool_id", "Neither is set."
    found = [cloud for cloud in CLOUDS if value.get(f"{cloud}_attributes")]
    if len(found) > 1:
        yield f"{kind}: attributes of more than one cloud", ", ".join(found)
    for cloud in found:
        for block in blocks(value, f"{cloud}_attributes"):
            yield from one_of(kind, block, "availability", AVAILABILITY[cloud])
            if pool and present(block.get("availability")):
                yield f"{kind}: availability is that of the instance pool", repr(given[1])
    for block in blocks(value, "aws_attributes"):
        if present(block.get("ebs_volume_count")) and block["ebs_volume_count"]:
            yield from in_range(kind, block, "ebs_volume_count", 0, 10)
            yield from in_range(kind, block, "ebs_volume_size", 100, 4096)


def _workers(kind: str, value: Resource) -> Iterator[Problem]:
    scaled = blocks(value, "autoscale")
    if scaled and present(value.get("num_workers")) and value["num_workers"]:
        yield f"{kind}: num_workers or autoscale", "Not both."
    for scale in scaled:
        least, most = scale.get("min_workers"), scale.get("max_workers")
        if isinstance(least, int | float) and isinstance(most, int | float) and not least < most:
            detail = f"max_workers {most} must be above min_workers {least}."
            yield f"{kind}: invalid autoscale", detail
    yield from in_range(kind, value, "num_workers", 0, 100_000)


def tags(
    kind: str, attribute: str, given: dict[str, Any], most: int, cloud: str = ""
) -> Iterator[Problem]:
    """Number, reserved keys, and where the cloud is known its alphabet and lengths."""
    if len(given) > most:
        yield f"{kind}: too many {attribute}", f"{len(given)}; the API takes {most}."
    folded = [key.lower() for key in given]
    if len(set(folded)) < len(folded):
        yield f"{kind}: {attribute} differ in case only", ", ".join(sorted(given))
    for key, value in given.items():
        if key.lower() in TAKEN:
            yield f"{kind}: Databricks sets the tag itself", repr(key)
        if not cloud:
            continue
        key_most, key_pattern, value_most, value_pattern = TAGS[cloud]
        if len(key) > key_most or not re.fullmatch(key_pattern, key, re.ASCII):
            yield f"{kind}: invalid key in {attribute}", f"{key!r}, on {cloud}."
        wrong = isinstance(value, str) and (
            len(value) > value_most or not re.fullmatch(value_pattern, value, re.ASCII)
        )
        if wrong:
            yield f"{kind}: invalid value in {attribute}", f"{key} = {value!r}, on {cloud}."
