"""What a Databricks job runs on: a cluster of its own, or one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plan.runtimes.runtime import Faults

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure

# What only a cluster of the job's own can be given.
_OF_A_CLUSTER = ("image", "release", "environment", "secrets")
_EXAMPLES = {"aws": "m6i.xlarge", "azure": "Standard_D4s_v5", "gcp": "n2-standard-4"}


def check_cluster(infrastructure: Infrastructure, faults: Faults) -> None:
    """Note what the cluster lacks, or what an existing one cannot be given."""
    if infrastructure.runtime.cluster_name is not None:
        _check_existing(infrastructure, faults)
        return
    runtime, further = infrastructure.runtime, infrastructure.terraform.variables
    pooled = "instance_pool_id" in further
    if runtime.release is None:
        faults.missing("runtime.release", "a runtime version such as 15.4.x-scala2.12")
    if runtime.nodes.instance_type is None and not pooled:
        example = _EXAMPLES[infrastructure.provider]
        hint = f"a node type such as {example}, or name an existing cluster in cluster_name"
        faults.missing("runtime.nodes.instance_type", hint)
    if pooled:
        for field in sorted(runtime.nodes.model_fields_set & {"instance_type", "disk_gib", "spot"}):
            message = f'"{field}" has no effect on the machines of an instance pool'
            faults.idle(("runtime", "nodes", field), message, "remove it", on_key=True)
    _check_nodes(infrastructure, faults)
    _check_mode(infrastructure, faults)


def _check_mode(infrastructure: Infrastructure, faults: Faults) -> None:
    """What goes with an engine and an access mode that the module always names.

    Sources: Clusters API, runtime_engine; Databricks documentation, "Standard compute requirements
    and limitations".
    """
    runtime, further = infrastructure.runtime, infrastructure.terraform.variables
    release = runtime.release or ""
    if "-photon-" in release:
        message = "the engine is no part of the release: Databricks refuses both together"
        hint = "remove -photon, and add `terraform: {variables: {photon: true}}`"
        faults.add("runtime.release", message, hint)
    if further.get("data_security_mode") != "USER_ISOLATION":
        return
    hint = "remove data_security_mode from terraform.variables: SINGLE_USER takes it"
    if runtime.image is not None:
        message = "a cluster in the mode USER_ISOLATION cannot start from an image"
        faults.add("runtime.image", message, hint)
    if "-ml-" in release or "-gpu-" in release:
        message = "releases for machine learning and GPUs do not run in the mode USER_ISOLATION"
        faults.add("runtime.release", message, hint)


def _check_existing(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    hint = "remove it, or remove runtime.cluster_name"
    fields = [("runtime", name) for name in _OF_A_CLUSTER if getattr(runtime, name)]
    fields += [("databricks", "policy_id")] if infrastructure.databricks.policy_id else []
    of_nodes = [("runtime", "nodes", name) for name in sorted(runtime.nodes.model_fields_set)]
    for path in (*fields, *of_nodes):
        message = f'"{path[-1]}" has no effect on a cluster that exists already'
        faults.idle(path, message, hint, on_key=True)
    for name in sorted(infrastructure.references.model_fields_set - {"secrets"}):
        message = f'"{name}" has no effect: a cluster that exists has its own variables'
        faults.idle(("references", name), message, hint, on_key=True)


def _check_nodes(infrastructure: Infrastructure, faults: Faults) -> None:
    wanted = infrastructure.runtime.nodes
    scaled = wanted.autoscaling
    if scaled is not None:
        at = ("runtime", "nodes", "autoscaling")
        if wanted.count is not None:
            message = '"count" has no effect beside "autoscaling", which decides it'
            faults.idle("runtime.nodes.count", message, "keep one of the two", on_key=True)
        if scaled.min < 1:
            faults.add((*at, "min"), "a Databricks cluster keeps at least 1 worker")
        if scaled.max <= scaled.min:
            message = f'"autoscaling.max" is {scaled.max}, and must be above "autoscaling.min"'
            faults.add((*at, "max"), message, "for a fixed number of workers set nodes.count")
    if wanted.disk_gib is not None and infrastructure.provider == "azure":
        message = '"disk_gib" has no effect on Azure, where the node type decides the disks'
        faults.idle("runtime.nodes.disk_gib", message, "remove it", on_key=True)
