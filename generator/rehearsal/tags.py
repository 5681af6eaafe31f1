"""Which resources got the tags: read from the state and the provider's schema."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.rehearsal import schema
from generator.rehearsal.report import NestedTags, RehearsedResource
from generator.rehearsal.rules.azurerm_kubernetes import ZONE_TAG

# Where a resource's own tags are found, the merged ones first.
# Where Google has both, labels are no tags: they are the settings of a notification channel.
OWN = ("tags_all", "effective_labels", "user_labels", "tags", "labels", "resource_labels")
MAPS = frozenset(
    (*OWN, "custom_tags", "default_tags", "node_labels", "pod_labels", "volume_tags")
) - {"tags_all", "effective_labels"}
SETTINGS = frozenset(("propagate_tags", "enable_ecs_managed_tags", "copy_tags_to_snapshot"))
# The provider merges the second into the first.
SAME = (
    *(("tags_all", "tags"), ("effective_labels", "labels")),
    ("effective_labels", "resource_labels"),
)
PASSING_ON = ("SERVICE", "TASK_DEFINITION", True)
# What takes fewer tags than the machines it makes, and how many (Databricks Jobs API, tags; a
# private cluster of AKS, whose zone gets them).
FULL_AT = {"databricks_job": 25, "azurerm_kubernetes_cluster": 15}


def rehearsed_resources(
    state: Mapping[str, Any],
    expected: Mapping[str, str] | None,
    labels: Mapping[str, str] | None = None,
) -> tuple[RehearsedResource, ...]:
    """The resources of a state, with what they lack of the expected tags.

    Args:
        state: the answer of ``terraform show -json``.
        expected: what every taggable resource should have; None to expect nothing.
        labels: the same for Kubernetes objects and the labels of nodes; None for no difference.
    """
    root = (state.get("values") or {}).get("root_module") or {}
    inside = expected if labels is None else labels
    found = [resource(entry, expected or {}, inside or {}) for entry in _managed(root)]
    return tuple(sorted(found, key=lambda r: r.address))


def _managed(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entry in module.get("resources") or []:
        if entry.get("mode") == "managed":
            yield entry
    for child in module.get("child_modules") or []:
        yield from _managed(child)


def resource(
    entry: Mapping[str, Any], expected: Mapping[str, str], labels: Mapping[str, str]
) -> RehearsedResource:
    """One resource of the state."""
    values = entry.get("values") or {}
    provider = entry["provider_name"].rsplit("/", 1)[-1]
    block = block_of(provider, entry["type"])
    location, tags = own_tags(block, values)
    expected = labels if provider == "kubernetes" else expected
    nested = tuple(
        NestedTags(path, value, _complete(value, labels if _of_nodes(path) else expected))
        for path, value in nested_locations(block, values)
        if path != location
        and (location, path) not in SAME
        and not _another_sort(entry["type"], path)
    )
    missing = tuple(k for k in expected if location and k not in tags)
    if values.get("private_cluster_enabled") is True:
        nameable = re.compile(ZONE_TAG).fullmatch
        missing = tuple(k for k in missing if nameable(k))
    if len(tags) >= FULL_AT.get(entry["type"], len(tags) + 1) and nested:
        missing = () if all(one.complete for one in nested) else missing
    return RehearsedResource(
        address=entry["address"],
        type=entry["type"],
        location=location,
        tags=tags,
        missing=missing,
        different=tuple(k for k in expected if k in tags and tags[k] != expected[k]),
        nested=nested,
    )


def _of_nodes(path: str) -> bool:
    """Whether these are labels of Kubernetes' nodes, in a resource of the cloud."""
    last = path.rsplit(".", 1)[-1]
    return last == "node_labels" or path.endswith("node_config[0].labels")


def _another_sort(kind: str, path: str) -> bool:
    """What is called labels or tags and is none.

    Google's secure tags, the labels of an alert or those that a budget counts, and the settings of
    a channel.
    """
    if kind == "google_monitoring_notification_channel" and path == "labels":
        return True
    other = path == "tags" or path.startswith(("conditions[", "budget_filter["))
    return kind.startswith("google_") and other


def _complete(value: Any, expected: Mapping[str, str]) -> bool:
    if isinstance(value, dict):
        return expected.items() <= value.items()
    return value in PASSING_ON


@functools.cache
def _resources(provider: str) -> dict[str, Any]:
    if provider not in schema.provider_names():
        return {}
    found: dict[str, Any] = schema.load(provider)["resource"]
    return found


def block_of(provider: str, kind: str) -> schema.Block:
    """The schema of a resource type; an empty block for one that has no stand-in."""
    found: schema.Block = _resources(provider).get(kind) or {"attributes": {}, "blocks": {}}
    return found


def own_tags(block: schema.Block, values: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Where a resource has its tags, and the tags; an empty place where it cannot have any.

    Kubernetes objects have theirs in the first ``metadata`` block, Google's node pools in the
    ``node_config``, which hands them to the machines and disks.
    """
    for name in OWN:
        attribute = block["attributes"].get(name)
        if attribute and attribute["type"] == ["map", "string"]:
            return name, dict(values.get(name) or {})
    if "custom_tags" in block["attributes"]:
        return "custom_tags", dict(values.get("custom_tags") or {})
    metadata = block["blocks"].get("metadata")
    if metadata and "labels" in metadata["block"]["attributes"]:
        metadata_blocks: list[dict[str, Any]] = values.get("metadata") or [{}]
        return "metadata[0].labels", dict(metadata_blocks[0].get("labels") or {})
    nodes = block["blocks"].get("node_config")
    if nodes and "resource_labels" in nodes["block"]["attributes"]:
        configs: list[dict[str, Any]] = values.get("node_config") or [{}]
        return "node_config[0].resource_labels", dict(configs[0].get("resource_labels") or {})
    return "", {}


def nested_locations(
    block: schema.Block, values: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Any]]:
    """Every attribute that could be given tags, or hands tags on, with what stands there."""
    for name, attribute in block["attributes"].items():
        settable = attribute.get("optional") or attribute.get("required")
        is_map = name in MAPS and attribute["type"] == ["map", "string"]
        if settable and (is_map or name in SETTINGS):
            value = values.get(name)
            yield path + name, (value or {}) if is_map else value
    for name, nested in block["blocks"].items():
        inner = values.get(name)
        for index, one in enumerate(inner if isinstance(inner, list) else [inner]):
            if isinstance(one, dict):
                location = (
                    f"{path}{name}[{index}]." if isinstance(inner, list) else f"{path}{name}."
                )
                yield from nested_locations(nested["block"], one, location)
