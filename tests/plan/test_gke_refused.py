"""What is wrong with a job on GKE is told at its line."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans
from tests.plan.gke_jobs import KEY, job

# Runtime lines from line 11 on, block lines after them, and how the errors begin.
WRONG: list[tuple[str, str, list[str]]] = [
    ("cpu: 4", "", ["11:10: invalid-value: a pod of 4 vCPU does not fit on a node of e2-standard"]),
    (
        "cpu: 2\nnodes: {instance_type: n2-custom-2-8192}",
        "",
        ["11:10: invalid-value: a pod of 2 vCPU does not fit on a node of n2-custom-2-8192"],
    ),
    (
        "memory: 16Gi",
        "",
        ["11:13: invalid-value: a pod of 16384 MiB does not fit on a node of e2-standard-4"],
    ),
    ("cpu: 0.0001", "", ["11:10: invalid-value: Kubernetes has no 0.0001 vCPU"]),
    (
        "nodes: {instance_type: m5.xlarge}",
        "",
        ['11:28: invalid-value: "runtime.nodes.instance_type" cannot be "'],
    ),
    (
        "nodes: {other_instance_types: [e2-standard-4]}",
        "",
        ['11:13: invalid-value: "nodes.other_instance_types" has no effect here'],
    ),
    (
        "nodes: {instance_type: e2-micro}",
        "",
        ['11:28: invalid-value: "runtime.nodes.instance_type" cannot be "'],
    ),
    (
        "nodes: {count: 3, autoscaling: {min: 1, max: 3}}",
        "",
        ["11:20: invalid-value: a fixed number of nodes and autoscaling exclude each other"],
    ),
    (
        "nodes: {count: 4}",
        "",
        ["11:20: invalid-value: 4 nodes cannot be spread evenly over 3 zones"],
    ),
    (
        "nodes: {autoscaling: {min: 4, max: 3}}",
        "",
        ['11:40: invalid-value: "autoscaling.max" is 3, less than "autoscaling.min"'],
    ),
    (
        "nodes: {autoscaling: {min: 0, max: 0}}",
        "",
        ['11:40: invalid-value: "infrastructure.runtime.nodes.autoscaling.max'],
    ),
    ("nodes: {disk_gib: 10}", "", ['11:23: invalid-value: "runtime.nodes.disk_gib" cannot be "']),
    (
        "release: latest",
        "",
        ['11:14: invalid-value: "runtime.release" cannot be "'],
    ),
    (
        "secrets: {A: projects/acme-data/secrets/token}",
        "",
        ['11:18: invalid-value: "runtime.secrets.A" must be SECRET/KEY of a Kubernetes secret'],
    ),
    (
        "identity: 123456-compute@developer.gserviceaccount.com",
        "",
        ['11:15: invalid-value: "runtime.identity" cannot be "'],
    ),
    (
        "",
        "kubernetes: {namespace: default}",
        ['11:27: invalid-value: "kubernetes.namespace" cannot be "'],
    ),
    (
        "",
        "kubernetes: {labels: {-a: x}}",
        ['11:25: invalid-value: "-a" is no key of Kubernetes'],
    ),
    (
        "",
        "kubernetes: {service_account: runner}",
        ['11:16: no-effect: "kubernetes.service_account" has no effect on gke'],
    ),
    (
        "cluster_name: data",
        "",
        ['11:5: no-effect: "runtime.cluster_name" has no effect on gke'],
    ),
    (
        "",
        f"storage: {{kms_key_id: {KEY.replace('europe-west1', 'global')}}}",
        ["11:25: invalid-value: this is in global, the cluster in europe-west1"],
    ),
    (
        "",
        "monitoring: {alerts: {thresholds: {run_seconds: 30}}}",
        ['11:51: invalid-value: "monitoring.alerts.thresholds.run_seconds" cannot be "'],
    ),
    (
        "",
        "monitoring: {log_retention_days: 4000}",
        ['11:36: invalid-value: "monitoring.log_retention_days" cannot be "'],
    ),
]


@pytest.mark.parametrize(("runtime", "block", "told"), WRONG)
def test_what_is_wrong_is_told_at_its_line(
    plans: Plans, runtime: str, block: str, told: list[str]
) -> None:
    """What GKE, Kubernetes or the module would refuse, before Terraform runs."""
    found = plans.told(job(runtime, block))
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told
