"""What EMR would refuse is told at its line."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans
from tests.plan.emr_jobs import KEY, NETWORK, SECRET, job

EXISTING = "has no effect on a cluster that exists already"
TOLD: list[tuple[str, list[str]]] = [
    (
        job(network=""),
        [
            '3:1: missing-key: emr needs "network.vpc_id"',
            '3:1: missing-key: emr needs "network.subnet_ids"',
        ],
    ),
    (
        job(network="network: {vpc_id: vpc-1}"),
        ['6:3: missing-key: emr needs "network.subnet_ids"'],
    ),
    (
        job(network=NETWORK.replace("}", ", private: false}")),
        ["6:71: invalid-value: the nodes of EMR are in private subnets"],
    ),
    (
        job(network="network: {vpc_id: vpc-1, subnet_ids: [s], egress_cidr_blocks: [10.0.0.0/33]}"),
        [
            '6:66: invalid-value: "10.0.0.0/33" is no CIDR block such as 10.0.0.0/8',
            '6:41: invalid-value: "network.subnet_ids.0" cannot be "',
        ],
    ),
    (
        job(network=NETWORK.replace("}", ", security_group_ids: [sg-1, sg-2, sg-3, sg-4, sg-5]}")),
        [
            '6:82: invalid-value: "network.security_group_ids" cannot have 5 items',
        ],
    ),
    (job(run="args: [a]"), ['7:3: missing-key: emr needs "runtime.entry_point"']),
    (
        job("command: 'true'"),
        [
            '10:5: invalid-value: "command" is run in place of "entry_point", and both are given',
        ],
    ),
    (
        job(run="entry_point: main.py"),
        ['9:18: invalid-value: "runtime.entry_point" cannot be "'],
    ),
    (
        job("release: 7.10.0"),
        ['10:14: invalid-value: "runtime.release" cannot be "7.10.0"'],
    ),
    (
        job("release: emr-5.31.1"),
        ['10:14: invalid-value: "runtime.release" cannot be "emr-5.31.1"'],
    ),
    (
        job("release: emr-6.1.0"),
        ['10:14: invalid-value: "runtime.release" cannot be "emr-6.1.0"'],
    ),
    (
        job("nodes: {instance_type: large}"),
        ['10:28: invalid-value: "runtime.nodes.instance_type" cannot be "'],
    ),
    (
        job("nodes: {autoscaling: {min: 5, max: 2}}"),
        ['10:40: invalid-value: "autoscaling.max" is 2, less than "autoscaling.min"'],
    ),
    (
        job("nodes: {autoscaling: {min: 0, max: 2}}"),
        ['10:32: invalid-value: "runtime.nodes.autoscaling.min" cannot be "'],
    ),
    (
        job("nodes: {count: 9, autoscaling: {min: 2, max: 5}}"),
        [
            '10:20: invalid-value: "count" is 9, which is not between the bounds of "autoscaling"',
        ],
    ),
    (
        job("nodes: {count: 1, spot: true}"),
        ["10:29: invalid-value: with 1 of the nodes none is left to be spot"],
    ),
    (
        job("nodes: {other_instance_types: [a1.large, c5.large, m5.large, r5.large, t3.large]}"),
        ["10:35: invalid-value: a fleet has 5 types at most"],
    ),
    (
        job("nodes: {disk_gib: 2000}"),
        ['10:23: invalid-value: "runtime.nodes.disk_gib" cannot be "'],
    ),
    (
        job("cluster_name: etl", network=""),
        ['9:19: invalid-value: "runtime.cluster_name" cannot be "'],
    ),
    (
        job("cluster_name: j-1\nnodes: {count: 3}", f"storage: {{kms_key_id: '{KEY}'}}"),
        [
            f'6:13: invalid-value: "network.vpc_id" {EXISTING}',
            f'6:28: invalid-value: "network.subnet_ids" {EXISTING}',
            f'12:13: invalid-value: "storage.kms_key_id" {EXISTING}',
            f'11:13: invalid-value: "nodes.count" {EXISTING}',
        ],
    ),
    (
        job("timeout_seconds: 20000000\nmax_retries: 1"),
        ["10:22: invalid-value: a run with all its retries must end within a year"],
    ),
    (
        job("environment: {a-b: c}"),
        ['10:19: invalid-value: "runtime.environment.a-b" cannot be a key here'],
    ),
    (
        job("", f"storage: {{kms_key_id: '{KEY.replace('key/', 'alias/')}'}}"),
        ['10:25: invalid-value: "storage.kms_key_id" cannot be "'],
    ),
    (
        job("", "monitoring: {log_retention_days: 31}"),
        ['10:36: invalid-value: "monitoring.log_retention_days" cannot be "31"'],
    ),
    (
        job(head="schedule: {cron: '0 2 1 * 1'}\n"),
        ['3:18: invalid-value: "cron" restricts both the day of the month and the day of the week'],
    ),
    (
        job("", "orchestrator: {type: dagster}"),
        ["10:24: orchestrator: Dagster starts no runs of emr here"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_cannot_be_is_told_at_its_line(plans: Plans, text: str, expected: list[str]) -> None:
    """All that the module or the cloud would refuse, where it was written."""
    told = plans.told(text)
    assert len(told) == len(expected), told
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start), told


def test_a_step_is_not_longer_than_emr_takes(plans: Plans) -> None:
    """The arguments are counted where they stand in the file."""
    told = plans.told(job(f"args: [{'x' * 10281}]"))
    assert told == [
        "10:11: invalid-value: a step has 10280 characters with all its arguments at most"
    ]


@pytest.mark.parametrize(
    ("runtime", "block", "field"),
    [
        ("image: registry/etl:1", "", "runtime.image"),
        ("cpu: 2", "", "runtime.cpu"),
        ("memory: 4Gi", "", "runtime.memory"),
        ("scaling: {max: 3}", "", "runtime.scaling.max"),
        (f"secrets: {{A: '{SECRET}'}}", "", "runtime.secrets"),
        ("", "monitoring: {alerts: {thresholds: {error_lines: 3}}}", "error_lines"),
        ("", "monitoring: {log_group: /etl}", "monitoring.log_group"),
    ],
)
def test_what_has_no_effect_is_an_error(plans: Plans, runtime: str, block: str, field: str) -> None:
    """A setting that EMR cannot honour is refused, not ignored."""
    (told,) = [line for line in plans.told(job(runtime, block)) if "no effect on emr" in line]
    assert field in told
