"""What is wrong with a job on AKS is told at its line."""

from __future__ import annotations

import pytest

from tests.plan.aks_jobs import SHARED, VAULT, job
from tests.plan.conftest import SUBSCRIPTION, Plans

# Runtime lines from line 11 on, block lines after them, and how the errors begin.
WRONG: list[tuple[str, str, list[str]]] = [
    (
        "cpu: 4",
        "",
        ["11:10: invalid-value: a pod of 4 vCPU does not fit on a node of Standard_D4s"],
    ),
    (
        "cpu: 24\nnodes: {instance_type: Standard_NC24ads_A100_v4}",
        "",
        ["11:10: invalid-value: a pod of 24 vCPU does not fit on a node of Standard_NC24ads"],
    ),
    (
        "memory: 16Gi",
        "",
        ["11:13: invalid-value: a pod of 16384 MiB does not fit on a node of Standard_D4s_v5"],
    ),
    ("cpu: 0.0001", "", ["11:10: invalid-value: Kubernetes has no 0.0001 vCPU"]),
    (
        "nodes: {instance_type: m5.xlarge}",
        "",
        ['11:28: invalid-value: Azure has no virtual machines of size "m5.xlarge"'],
    ),
    (
        "nodes: {count: 3, autoscaling: {min: 1, max: 3}}",
        "",
        ["11:20: invalid-value: a fixed number of nodes and autoscaling exclude each other"],
    ),
    ("nodes: {count: 1001}", "", ["11:20: invalid-value: a pool has at most 1000 nodes"]),
    (
        "nodes: {autoscaling: {min: 4, max: 3}}",
        "",
        ['11:40: invalid-value: "autoscaling.max" is 3, less than "autoscaling.min"'],
    ),
    (
        "nodes: {autoscaling: {min: 0, max: 1001}}",
        "",
        ["11:40: invalid-value: a pool has at most 1000 nodes"],
    ),
    ("nodes: {disk_gib: 10}", "", ["11:23: invalid-value: the disk of a node has 30 to 2048 GiB"]),
    (
        "release: 1.33.2",
        "",
        ['11:14: invalid-value: "runtime.release" cannot be "'],
    ),
    (
        "secrets: {A: 'https://etl-vault.vault.azure.net/secrets/token'}",
        "",
        ['11:18: invalid-value: "runtime.secrets.A" must be SECRET/KEY of a Kubernetes secret'],
    ),
    (
        f"key_vaults: {{other: {VAULT}}}",
        "",
        ['11:25: invalid-value: "other" is not the name of the vault in its resource id'],
    ),
    (
        f"identity: {SUBSCRIPTION}",
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
        ['11:16: no-effect: "kubernetes.service_account" has no effect on aks'],
    ),
    (
        "cluster_name: data",
        "",
        ['11:5: no-effect: "runtime.cluster_name" has no effect on aks'],
    ),
    (
        "",
        "storage: {data_bucket: lake}",
        ['11:26: invalid-value: "lake" names no blob container'],
    ),
    (
        "",
        f"storage: {{kms_key_id: '{VAULT}/keys/data/0123'}}",
        ['11:25: invalid-value: "storage.kms_key_id" cannot be "'],
    ),
    (
        "",
        "monitoring: {alerts: {thresholds: {run_seconds: 259200}}}",
        ['11:51: invalid-value: "run_seconds" must be from 60 to 86400'],
    ),
    (
        "",
        "monitoring: {log_retention_days: 7}",
        ["11:36: invalid-value: Log Analytics keeps logs for 30 to 730 days"],
    ),
    (
        "",
        f"monitoring: {{log_retention_days: 90}}\n{SHARED}",
        ["11:36: invalid-value: a workspace that exists already keeps logs as long as it says"],
    ),
    (
        "",
        "terraform: {variables: {authorized_ip_ranges: [198.51.100.0/24]}}",
        ['11:49: invalid-value: "authorized_ip_ranges" has no effect on a private cluster'],
    ),
]


@pytest.mark.parametrize(("runtime", "block", "told"), WRONG)
def test_what_is_wrong_is_told_at_its_line(
    plans: Plans, runtime: str, block: str, told: list[str]
) -> None:
    """What AKS, Kubernetes or the module would refuse, before Terraform runs."""
    found = plans.told(job(runtime, block))
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told
