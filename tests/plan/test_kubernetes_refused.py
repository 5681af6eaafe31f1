"""What is wrong with a job on Kubernetes is told at its line."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans
from tests.plan.kubernetes_jobs import job

# Runtime lines, block lines, and how the errors begin; on AWS `runtime` begins at line 10.
WRONG: list[tuple[str, str, list[str]]] = [
    ("cpu: 0.0001", "", ["10:10: invalid-value: Kubernetes has no 0.0001 vCPU"]),
    ("memory: 4", "", ['10:13: invalid-value: "runtime.memory" cannot be "']),
    ("scaling: {max: 20000}", "", ['10:20: invalid-value: "runtime.scaling.max" cannot be "']),
    ("scaling: {min: 3, max: 2}", "", ['10:28: invalid-value: "scaling.max" is 2, less than']),
    (
        "secrets: {A: sk_live_1}",
        "",
        ['10:18: invalid-value: "runtime.secrets.A" must be SECRET/KEY of a Kubernetes secret'],
    ),
    (
        "environment: {1A: x}",
        "",
        ['10:19: invalid-value: "runtime.environment.1A" cannot be a key here'],
    ),
    (
        "identity: etl-runner@acme-data.iam.gserviceaccount.com",
        "",
        ['10:15: invalid-value: "runtime.identity" cannot be "'],
    ),
    (
        "",
        "kubernetes: {labels: {-a: x}}",
        ['10:25: invalid-value: "-a" is no key of Kubernetes: "-a" must be 1 to 63 letters'],
    ),
    (
        "",
        "kubernetes: {labels: {Acme.com/a: x}}",
        ['10:25: invalid-value: "Acme.com/a" is no key of Kubernetes: "Acme.com" before the slash'],
    ),
    (
        "",
        "kubernetes: {labels: {a: 'b c'}}",
        ['10:28: invalid-value: "kubernetes.labels.a" cannot be "'],
    ),
    (
        "",
        "kubernetes: {labels: {app.kubernetes.io/name: x}}",
        ['10:25: invalid-value: "app.kubernetes.io/name" is set by the module itself'],
    ),
    (
        "",
        "kubernetes: {annotations: {eks.amazonaws.com/role-arn: x}}",
        ['10:30: invalid-value: "eks.amazonaws.com/role-arn" is set by the module itself'],
    ),
    (
        "",
        "kubernetes: {labels: {job-name: x, batch.kubernetes.io/controller-uid: x}}",
        [
            '10:25: invalid-value: "job-name" belongs to Kubernetes itself: no run would start',
            '10:38: invalid-value: "batch.kubernetes.io/controller-uid" belongs to Kubernetes',
        ],
    ),
    (
        "",
        "kubernetes: {labels: {pod-security.kubernetes.io/enforce: baseline}}",
        ['10:25: invalid-value: "pod-security.kubernetes.io/enforce" is set by the module itself'],
    ),
    (
        "",
        "kubernetes: {labels: {pod-security.kubernetes.io/warn: strict}}",
        ['10:58: invalid-value: "strict" is none of privileged, baseline or restricted'],
    ),
    (
        "",
        "kubernetes: {annotations: {container.apparmor.security.beta.kubernetes.io/job: x}}",
        ['10:30: invalid-value: "container.apparmor.security.beta.kubernetes.io/job" is set by'],
    ),
    (
        "secrets: {A: s..t/key, B: stripe/..x}",
        "",
        [
            '10:18: invalid-value: "runtime.secrets.A" must be SECRET/KEY of a Kubernetes secret',
            '10:31: invalid-value: "runtime.secrets.B" must be SECRET/KEY of a Kubernetes secret',
        ],
    ),
    (
        "",
        "network: {egress_cidr_blocks: [1.2.3.4/0, 010.0.0.0/8, '::ffff:10.0.0.0/104']}",
        [
            '10:34: invalid-value: "1.2.3.4/0" is no CIDR block such as 10.0.0.0/8',
            '10:45: invalid-value: "010.0.0.0/8" is no CIDR block such as 10.0.0.0/8',
            '10:58: invalid-value: "::ffff:10.0.0.0/104" is no CIDR block such as 10.0.0.0/8',
        ],
    ),
    (
        "",
        "tags: {controller-uid: x, .job-name: orders}",
        [
            '10:29: tag-key: the key of tag ".job-name" cannot be used: Kubernetes sets "job-name"',
            '10:10: tag-key: the key of tag "controller-uid" cannot be used: Kubernetes sets',
        ],
    ),
    (
        "",
        "kubernetes: {namespace: Data.ETL}",
        ['10:27: invalid-value: "kubernetes.namespace" cannot be "'],
    ),
    (
        "",
        "kubernetes: {service_account: runner}",
        ['10:3: missing-key: kubernetes needs "kubernetes.namespace"'],
    ),
    (
        "identity: arn:aws:iam::123456789012:role/x\nreadable_secrets: [a]",
        "kubernetes: {namespace: etl, service_account: runner}",
        [
            '10:15: invalid-value: "identity" has no effect on a service account that exists',
            '11:23: invalid-value: "readable_secrets" has no effect on a service account that',
        ],
    ),
    (
        "",
        "network: {egress_cidr_blocks: [10.0.0.0/40, 10.0.0.0]}",
        [
            '10:34: invalid-value: "10.0.0.0/40" is no CIDR block such as 10.0.0.0/8',
            '10:47: invalid-value: "10.0.0.0" is no CIDR block such as 10.0.0.0/8',
        ],
    ),
    (
        "",
        "references: {database: {endpoint: db}, cache: {endpoint: redis}}",
        [
            '10:60: invalid-value: "cache.endpoint" names no port, and pods reach just those',
            '10:37: invalid-value: "database.endpoint" names no port, and pods reach just those',
        ],
    ),
    ("", "storage: {data_bucket: lake}", ['10:13: no-effect: "storage.data_bucket"']),
    ("", "monitoring: {log_retention_days: 30}", ['10:16: no-effect: "monitoring.log']),
    ("", "network: {vpc_id: vpc-1}", ['10:13: no-effect: "network.vpc_id"']),
    (
        "",
        "account: {project_id: acme-data}",
        ['10:25: invalid-value: "project_id" has no effect on EKS'],
    ),
]


@pytest.mark.parametrize(("runtime", "block", "told"), WRONG)
def test_what_is_wrong_is_told_at_its_line(
    plans: Plans, runtime: str, block: str, told: list[str]
) -> None:
    """What Kubernetes or the module would refuse, before Terraform runs."""
    found = plans.told(job(runtime=runtime, block=block))
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told
