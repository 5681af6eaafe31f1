"""What Databricks would refuse is told at its line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans
from tests.plan.databricks_jobs import CLUSTER, HOST, SOMEBODY, job

STANDARD_MODE = "terraform: {variables: {data_security_mode: USER_ISOLATION}}"
# What is added to a job, and the beginning of the one error.
REFUSED: list[tuple[dict[str, Any], str]] = [
    # The workspace.
    ({"databricks": "policy_id: 'my policy'"}, '6:70: invalid-value: "databricks.policy_id"'),
    # What is run.
    ({"run": "etl"}, '9:18: invalid-value: "runtime.entry_point" must be a notebook'),
    ({"run": "/Volumes/a/b/c/etl"}, "9:18: invalid-value"),
    ({"run": "etl.py"}, '9:18: invalid-value: "runtime.entry_point" must be a .py file'),
    ({"run": "etl:run"}, "9:18: invalid-value"),
    ({"runtime": "source: /Volumes/a/b/c/etl.whl"}, "9:18: invalid-value"),
    (
        {"run": "etl:run", "runtime": "source: etl.whl"},
        '12:13: invalid-value: "runtime.source" cannot be "',
    ),
    ({"runtime": "args: [a=1, b]"}, "12:17: invalid-value: a notebook reads its parameters"),
    # Its cluster.
    (
        {"nodes": None, "runtime": "release: 15.4\nnodes: {instance_type: m6i.large}"},
        '10:14: invalid-value: "runtime.release" cannot be "',
    ),
    (
        {"nodes": None, "runtime": "nodes: {instance_type: m6i.large}"},
        '7:3: missing-key: databricks needs "runtime.release"',
    ),
    (
        {
            "nodes": None,
            "runtime": "release: 15.4.x-photon-scala2.12\nnodes: {instance_type: m6i.large}",
        },
        "10:14: invalid-value: the engine is no part of the release",
    ),
    (
        {"runtime": "image: acme/etl:1", "block": STANDARD_MODE},
        "12:12: invalid-value: a cluster in the mode USER_ISOLATION cannot start from an image",
    ),
    (
        {
            "nodes": None,
            "runtime": "release: 15.4.x-cpu-ml-scala2.12\nnodes: {instance_type: m6i.large}",
            "block": STANDARD_MODE,
        },
        "10:14: invalid-value: releases for machine learning and GPUs do not run",
    ),
    (
        {"nodes": None, "runtime": "release: 15.4.x-scala2.12"},
        '7:3: missing-key: databricks needs "runtime.nodes.instance_type"',
    ),
    (
        {"nodes": None, "runtime": "release: 15.4.x-scala2.12\nnodes: {count: 1}"},
        '11:5: missing-key: databricks needs "runtime.nodes.instance_type"',
    ),
    ({"nodes": "autoscaling: {min: 3, max: 2}"}, "11:67: invalid-value"),
    ({"nodes": "autoscaling: {min: 2, max: 2}"}, "11:67: invalid-value"),
    ({"nodes": "autoscaling: {min: 0, max: 2}"}, "11:59: invalid-value: a Databricks cluster"),
    ({"nodes": "count: 2, autoscaling: {min: 1, max: 2}"}, '11:40: invalid-value: "count" has no'),
    ({"nodes": "disk_gib: 50"}, "11:50: invalid-value: Databricks offers disks of 100 to 4096"),
    (
        {"cloud": "azure", "nodes": "disk_gib: 200"},
        '11:45: invalid-value: "disk_gib" has no effect',
    ),
    (
        {"nodes": None, "runtime": "cluster_name: shared"},
        '10:19: invalid-value: "runtime.cluster_name" cannot be "',
    ),
    (
        {"nodes": None, "runtime": f"cluster_name: {CLUSTER}\nnodes: {{count: 2}}"},
        '11:13: invalid-value: "count" has no effect on a cluster that exists already',
    ),
    (
        {"nodes": None, "runtime": f"cluster_name: {CLUSTER}\nsecrets: {{A: s/k}}"},
        '11:5: invalid-value: "secrets" has no effect on a cluster that exists already',
    ),
    (
        {
            "nodes": None,
            "runtime": f"cluster_name: {CLUSTER}",
            "block": "references: {queue: {url: q}}",
        },
        '11:16: invalid-value: "queue" has no effect: a cluster that exists',
    ),
    # Secrets and variables.
    (
        {"runtime": "secrets: {A: hunter2}"},
        '12:18: invalid-value: "runtime.secrets.A" must be SCOPE',
    ),
    ({"runtime": "secrets: {A-B: s/k}"}, '12:15: invalid-value: "A-B" is no name'),
    (
        {"runtime": "environment: {A: '{{secrets/s/k}}'}"},
        "12:22: invalid-value: a reference to a secret stands in runtime.secrets",
    ),
    # Who.
    (
        {"runtime": "identity: etl"},
        '12:15: invalid-value: "runtime.identity" cannot be "',
    ),
    ({"databricks": "permissions: {team: CAN_RUN}"}, '6:79: invalid-value: "CAN_RUN" is no level'),
    ({"databricks": "permissions: {team: IS_OWNER}"}, '6:73: invalid-value: a group, "team"'),
    (
        {"databricks": "permissions: {admins: CAN_VIEW}"},
        '6:73: invalid-value: the rights of "admins"',
    ),
    (
        {"databricks": "permissions: {' ': CAN_VIEW}"},
        "6:73: invalid-value: a permission is for somebody",
    ),
    (
        {"databricks": "permissions: {'${TEAM}': CAN_VIEW}"},
        '6:73: invalid-value: "${TEAM}" is no principal: a key is never filled in',
    ),
    (
        {"databricks": "permissions: {a@b.io: IS_OWNER, c@d.io: IS_OWNER}"},
        '6:99: invalid-value: a job has one owner, and "a@b.io" is it already',
    ),
    # When.
    (
        {"head": "schedule: {cron: '0 0 1 * 1'}\n"},
        '3:18: invalid-value: "cron" restricts both the day of the month and the day of the week',
    ),
    # Who is told.
    (
        {"block": "monitoring: {alerts: {channels: [oncall]}}"},
        '12:36: invalid-value: "monitoring.alerts.channels.0" cannot be "',
    ),
    ({"block": "monitoring: {alerts: {}}"}, "12:16: missing-key: an alert on databricks needs"),
    (
        {"block": "monitoring: {alerts: {channels: [a@b.io], thresholds: {failed_runs: 3}}}"},
        "12:71: invalid-value: Databricks tells of each failed run",
    ),
    (
        {"block": "monitoring: {alerts: {channels: [a@b.io], thresholds: {error_lines: 3}}}"},
        '12:58: no-effect: "monitoring.alerts.thresholds.error_lines" has no effect on databricks',
    ),
    (
        {"block": "monitoring: {alerts: {channels: [a@b.io], thresholds: {error_rate: 3}}}"},
        '12:58: no-effect: "monitoring.alerts.thresholds.error_rate" has no effect on databricks',
    ),
    (
        {
            "block": "monitoring: {alerts: {channels: ["
            + ", ".join(SOMEBODY[:-1] + digit for digit in "0123")
            + "]}}"
        },
        "12:35: invalid-value: Databricks tells at most 3 notification destinations",
    ),
]


@pytest.mark.parametrize(("given", "told"), REFUSED)
def test_what_databricks_would_refuse(plans: Plans, given: dict[str, Any], told: str) -> None:
    """One error, at the line that is wrong; a secret that was written down is not repeated."""
    found = plans.told(job(**given))
    assert len(found) == 1
    assert found[0].startswith(told)
    assert "hunter2" not in found[0]


# A field that is set elsewhere on Databricks, and where.
ELSEWHERE = [
    ("", "network: {subnet_ids: [a]}", "in the network of the workspace"),
    ("", "storage: {data_bucket: lake}", "in Unity Catalog"),
    ("", "storage: {kms_key_id: k}", "customer-managed keys are set up for the whole workspace"),
    ("cpu: 2", "", "runtime.nodes.instance_type"),
    ("memory: 4Gi", "", "runtime.nodes.instance_type"),
    ("scaling: {max: 2}", "", "runtime.nodes.autoscaling"),
    ("command: [python]", "", "runtime.entry_point"),
    ("readable_secrets: [a]", "", "READ on the secret scope"),
    ("", "monitoring: {log_retention_days: 7}", "60 days"),
]


@pytest.mark.parametrize(("runtime", "block", "hint"), ELSEWHERE)
def test_what_is_set_elsewhere(plans: Plans, runtime: str, block: str, hint: str) -> None:
    """A field without an effect is refused, and the hint says where Databricks has it."""
    (problem,) = plans.problems(job(runtime=runtime, block=block))
    assert problem.code == "no-effect"
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("http://acme.cloud.databricks.com", "invalid-value"),
        ("https://acme.cloud.databricks.com/?o=1", "invalid-value"),
        ("acme.cloud.databricks.com", "invalid-value"),
        ("'https://${WORKSPACE}'", "undefined-variable"),
    ],
)
def test_hosts(plans: Plans, host: str, code: str) -> None:
    """An https address of a workspace, known when the root is written."""
    (told,) = plans.told(job().replace(f"'{HOST}'", host))
    assert told.startswith(f"6:22: {code}: ")
