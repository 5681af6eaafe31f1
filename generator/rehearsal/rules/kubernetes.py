"""Kubernetes: object names, labels and annotations, and which rules each type has.

Source: Kubernetes documentation, "Object Names and IDs", "Labels and Selectors", "Annotations".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource, Rule
from generator.rehearsal.rules import kubernetes_access as access
from generator.rehearsal.rules import kubernetes_network as network
from generator.rehearsal.rules import kubernetes_pods as pods
from generator.rehearsal.rules import kubernetes_workloads as workloads
from generator.rehearsal.rules.kubernetes_names import KEY, LABEL, SUBDOMAIN, VALUE
from generator.rehearsal.values import blocks, mapping

ANNOTATION_BYTES = 256 * 1024
# Metadata below the first: of the jobs of a cron job, and of pods.
_INNER = (
    (),
    ("spec", "template"),
    ("spec", "job_template"),
    ("spec", "job_template", "spec", "template"),
)
_RULES: dict[str, list[Rule]] = {
    "cron_job": [workloads.cron_job, pods.pod_of_cron_job],
    "job": [workloads.job, pods.pod_of_job],
    "deployment": [workloads.deployment, pods.pod_of_deployment],
    "horizontal_pod_autoscaler": [workloads.autoscaler],
    "limit_range": [access.limit_range],
    "network_policy": [network.policy],
    "pod_disruption_budget": [workloads.disruption_budget],
    "resource_quota": [access.quota],
    "role": [access.role],
    "role_binding": [access.role_binding],
}


def object_name(kind: str) -> tuple[int, str]:
    """The longest name of an object and its pattern; a cron job adds 11 to its jobs' names."""
    if "cron_job" in kind:
        return 52, SUBDOMAIN
    if kind.startswith(("kubernetes_namespace", "kubernetes_service")) and "account" not in kind:
        return 63, LABEL
    return (63, LABEL) if kind.startswith("kubernetes_job") else (253, SUBDOMAIN)


def metadata(kind: str, value: Resource) -> Iterator[Problem]:
    """The metadata of the object, of the jobs that it makes, and of the pods in its template."""
    longest, pattern = object_name(kind)
    for meta in blocks(value, "metadata"):
        name, namespace = meta.get("name"), meta.get("namespace")
        if isinstance(name, str) and (len(name) > longest or not re.fullmatch(pattern, name)):
            detail = f"{name!r}: {pattern}, {longest} characters at most."
            yield f"{kind}: invalid metadata.name", detail
        if isinstance(namespace, str) and not re.fullmatch(LABEL, namespace):
            yield f"{kind}: invalid metadata.namespace", repr(namespace)
    for path in _INNER:
        for meta in blocks(value, *path, "metadata"):
            yield from _pairs(kind, meta)


def _pairs(kind: str, meta: Resource) -> Iterator[Problem]:
    for key, value in mapping(meta.get("labels")).items():
        if not re.fullmatch(KEY, key):
            yield f"{kind}: invalid label key", repr(key)
        if isinstance(value, str) and not re.fullmatch(VALUE, value):
            detail = f"{key} = {value!r}: 63 of letters, digits, - _ and ., ends alphanumeric."
            yield f"{kind}: invalid label value", detail
    annotations = mapping(meta.get("annotations"))
    for key in annotations:
        if not re.fullmatch(KEY, key):
            yield f"{kind}: invalid annotation key", repr(key)
    size = sum(len(f"{k}{v}".encode()) for k, v in annotations.items())
    if size > ANNOTATION_BYTES:
        yield f"{kind}: annotations are too long", f"{size} bytes; the API takes 256 KiB."


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type, whatever its version."""
    bare = re.sub(r"_v\d\w*$", "", kind.removeprefix("kubernetes_"))
    return [metadata, *_RULES.get(bare, [])]
