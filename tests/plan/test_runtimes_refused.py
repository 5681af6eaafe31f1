"""What the cloud would refuse is told at its line."""

from __future__ import annotations

import pytest

from tests.plan.conftest import GROUP, Plans, job
from tests.plan.references import ARN, KEY, SUBNET, VAULT

CHANNEL = f"{GROUP}/Microsoft.Insights/actionGroups/a"
CLUSTER = f"{GROUP}/Microsoft.App/managedEnvironments/e"
# Cloud, runtime lines, block lines, and the one error: its place and message.
REFUSED = [
    ("aws", "cpu: 3", "", '10:10: invalid-value: "runtime.cpu" cannot be "3": Fargate has'),
    (
        "aws",
        "cpu: 0.25\nmemory: 4Gi",
        "",
        "11:13: invalid-value: Fargate has no 4096 MiB with 0.25",
    ),
    ("aws", "cpu: 4", "", "10:10: invalid-value: Fargate has no 2048 MiB with 4 vCPU"),
    (
        "aws",
        "ephemeral_storage: 20Gi",
        "",
        '10:24: invalid-value: "runtime.ephemeral_storage" cannot',
    ),
    ("aws", "scaling: {max: 41}", "", '10:20: invalid-value: "runtime.scaling.max" cannot be "41"'),
    ("aws", "scaling: {min: 3, max: 2}", "", '10:28: invalid-value: "scaling.max" is 2'),
    ("aws", "scaling: {min: 3}", "", '10:20: invalid-value: "scaling.max" is 1'),
    (
        "aws",
        "scaling: {min: 1}\nmax_retries: 1",
        "",
        '11:18: invalid-value: "max_retries" has no effect on workers',
    ),
    ("aws", "timeout_seconds: 99999999", "", "10:22: invalid-value: a run with all its retries"),
    (
        "aws",
        "secrets: {A: hunter2}",
        "",
        '10:18: invalid-value: "runtime.secrets.A" must be the ARN',
    ),
    (
        "aws",
        f"secrets: {{1A: '{ARN}'}}",
        "",
        '10:15: invalid-value: "runtime.secrets.1A" cannot be a key',
    ),
    (
        "aws",
        f"environment: {{A: x}}\nsecrets: {{A: '{ARN}'}}",
        "",
        '11:15: invalid-value: "A" stands in "environment" too',
    ),
    (
        "aws",
        "environment: {QUEUE_URL: x}",
        "references: {queue: {url: q}}",
        '10:19: invalid-value: "QUEUE_URL" is set from "references" already',
    ),
    (
        "aws",
        "identity: me",
        "",
        '10:15: invalid-value: "runtime.identity" cannot be "',
    ),
    ("aws", "", "storage: {data_bucket: s3://x}", "10:26: invalid-value"),
    ("aws", "", "storage: {data_bucket: data, prefix: 'a*'}", "10:40: invalid-value"),
    (
        "aws",
        "",
        "storage: {prefix: a}",
        '10:3: missing-key: ecs_fargate needs "storage.data_bucket"',
    ),
    ("aws", "", f"storage: {{kms_key_id: '{KEY}'}}", "10:3: missing-key"),
    ("aws", "", "storage: {data_bucket: data, state_prefix: a}", "10:3: missing-key"),
    (
        "aws",
        "",
        "monitoring: {log_retention_days: 31}",
        '10:36: invalid-value: "monitoring.log_retention_days" cannot be "31"',
    ),
    ("aws", "", "monitoring: {alerts: {channels: [me]}}", "10:36: invalid-value"),
    ("aws", "", "monitoring: {log_group: aws/x}", "10:27: invalid-value"),
    ("aws", "", f"references: {{secrets: {{kms_key_id: '{KEY}'}}}}", "10:38: invalid-value"),
    ("aws", "", "account: {account_id: 12345}", "10:25: invalid-value"),
    ("aws", "", "account: {account_id: '١٢٣٤٥٦٧٨٩٠١٢'}", "10:25: invalid-value"),
    ("aws", "", "account: {account_id: '${WHO}'}", "10:25: undefined-variable"),
    ("aws", "", "account: {project_id: x}", '10:13: no-effect: "account.project_id" has no effect'),
    ("aws", "", "kubernetes: {namespace: x}", '10:16: no-effect: "kubernetes.namespace" has no'),
    ("gcp", "cpu: 3", "", "10:10: invalid-value: Cloud Run has no 3 vCPU"),
    ("gcp", "cpu: 1\nmemory: 8Gi", "", "11:13: invalid-value: Cloud Run gives 1 vCPU at most 4096"),
    ("gcp", "cpu: 8", "", "10:10: invalid-value: Cloud Run wants at least 4096 MiB with 8 vCPU"),
    ("gcp", "cpu: 0.25", "", "10:10: invalid-value: Cloud Run has no 0.25 vCPU for jobs"),
    (
        "gcp",
        "cpu: 500m\nscaling: {min: 1, max: 3}",
        "",
        "10:10: invalid-value: Cloud Run has no 0.5 vCPU for jobs",
    ),
    (
        "gcp",
        "",
        "storage: {data_bucket: dat, kms_key_id: projects/p/locations/us/keyRings/r/cryptoKeys/k}",
        "10:43: invalid-value: this is in us, the job in europe-west1",
    ),
    (
        "gcp",
        "",
        "monitoring: {kms_key_id: projects/p/locations/global/keyRings/r/cryptoKeys/k}",
        "10:28: invalid-value: this is in global, the job in europe-west1",
    ),
    (
        "gcp",
        "",
        "network: {connector: projects/acme-data/locations/us-central1/connectors/c}",
        "10:24: invalid-value: this is in us-central1, the job in europe-west1",
    ),
    ("gcp", "memory: 256Mi", "", '10:13: invalid-value: "runtime.memory" cannot be "256Mi" (256)'),
    ("gcp", "timeout_seconds: 604801", "", "10:22: invalid-value"),
    ("gcp", "environment: {A-B: x}", "", '10:19: invalid-value: "runtime.environment.A-B" cannot'),
    ("gcp", "environment: {CLOUD_RUN_JOB: x}", "", "10:19: invalid-value"),
    ("gcp", "identity: me@x.com", "", "10:15: invalid-value"),
    ("gcp", "secrets: {A: s3cret}", "", "10:18: invalid-value"),
    ("gcp", "cluster_name: x", "", '10:5: no-effect: "runtime.cluster_name" has no effect'),
    ("gcp", "", "network: {connector: c, vpc_id: n}", "10:24: invalid-value"),
    ("gcp", "", "network: {vpc_id: n, subnet_ids: [a, b]}", "10:36: invalid-value"),
    ("gcp", "", "network: {private: true}", "10:3: missing-key"),
    ("gcp", "", "network: {network_tags: [t]}", "10:27: invalid-value"),
    ("gcp", "", "monitoring: {log_retention_days: 4000}", "10:36: invalid-value"),
    ("gcp", "", "monitoring: {alerts: {thresholds: {run_seconds: 90000}}}", "10:51: invalid-value"),
    ("azure", "cpu: 0.3\nmemory: 1Gi", "", "10:10: invalid-value: Container Apps has no 0.3 vCPU"),
    ("azure", "cpu: 1\nmemory: 4Gi", "", "11:13: invalid-value: Container Apps has no 4096 MiB"),
    (
        "azure",
        "secrets: {A: 'https://kv1.vault.azure.net/secrets/a'}",
        "",
        '7:3: missing-key: the secret A needs "runtime.key_vaults.kv1"',
    ),
    (
        "azure",
        f"key_vaults: {{kv1: '{VAULT}'}}",
        "",
        "10:23: invalid-value: no secret is in the vault",
    ),
    ("azure", "secrets: {A: hunter2}", "", "10:18: invalid-value"),
    (
        "azure",
        f"registry_id: {GROUP}/Microsoft.ContainerRegistry/registries/r",
        "",
        "9:12: invalid-value: the image of a registry starts with",
    ),
    (
        "azure",
        "",
        "storage: {data_bucket: raw}",
        '10:26: invalid-value: "raw" names no blob container',
    ),
    ("azure", "", "network: {subnet_ids: [a]}", "10:26: invalid-value"),
    ("azure", "", "monitoring: {log_retention_days: 7}", "10:36: invalid-value"),
    (
        "azure",
        f"cluster_name: {CLUSTER}",
        f"network: {{subnet_ids: ['{SUBNET}']}}",
        '11:25: invalid-value: "subnet_ids" has no effect in an environment that exists',
    ),
    (
        "azure",
        f"cluster_name: {CLUSTER}",
        f"monitoring: {{alerts: {{channels: ['{CHANNEL}'], thresholds: {{error_lines: 1}}}}}}",
        "invalid-value: its logs go to a workspace that is not known here",
    ),
]


@pytest.mark.parametrize(("cloud", "runtime", "block", "told"), REFUSED)
def test_what_the_cloud_would_refuse(
    plans: Plans, cloud: str, runtime: str, block: str, told: str
) -> None:
    """One error, at the line that is wrong; a secret that was written down is not repeated."""
    found = plans.told(job(cloud, runtime, block))
    assert len(found) == 1
    assert told in found[0]
    assert found[0].startswith(told) or not told[0].isdigit()
    assert "hunter2" not in found[0]
    assert "s3cret" not in found[0]
