"""Databricks: what a job becomes, on each cloud, and what it is told before Terraform would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans

REGIONS = {"aws": "us-east-1", "gcp": "europe-west1", "azure": "westeurope"}
NODE_TYPES = {"aws": "m6i.xlarge", "gcp": "n2-standard-4", "azure": "Standard_D4s_v5"}
HOST = "https://acme.cloud.databricks.com"
CLUSTER = "0923-164208-meows279"
SOMEBODY = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
OTHER = "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"


def job(
    cloud: str = "aws",
    *,
    runtime: str = "",
    block: str = "",
    head: str = "",
    nodes: str | None = "",
    run: str = "/Shared/etl",
    databricks: str = "",
) -> str:
    """A job file; ``runtime`` lines start at line 11, ``block`` lines follow them.

    Args:
        cloud: that the workspace is on.
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        nodes: further keys of the nodes; None for neither nodes nor release.
        run: the entry point.
        databricks: further keys beside the host.
    """
    own = f"{{instance_type: {NODE_TYPES[cloud]}{nodes and ', ' + nodes}}}"
    text = f"""\
tenant_id: acme
environment: prod
{head}infrastructure:
  provider: {cloud}
  region: {REGIONS[cloud]}
  databricks: {{host: '{HOST}'{databricks and ", " + databricks}}}
  runtime:
    type: databricks
    entry_point: {run}
"""
    text += "" if nodes is None else f"    release: 15.4.x-scala2.12\n    nodes: {own}\n"
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp"])
def test_a_root_has_the_workspace_alone(plans: Plans, cloud: str) -> None:
    """One provider, that of Databricks: its host, and nothing that signs anybody in."""
    plan = plans.plan(job(cloud))
    (provider,) = plan.providers
    assert (provider.name, provider.arguments, provider.blocks) == (
        "databricks",
        {"host": HOST},
        {},
    )
    (required,) = plan.required_providers
    assert (required.name, required.source) == ("databricks", "databricks/databricks")
    inputs = {argument.name: argument.value for argument in plan.module.arguments}
    del inputs["tags"]
    assert inputs == {
        "name": "etl",
        "tenant": "acme",
        "environment": "prod",
        "cloud": cloud,
        "entry_point": "/Shared/etl",
        "release": "15.4.x-scala2.12",
        "nodes": {"instance_type": NODE_TYPES[cloud]},
        "timeout_seconds": 3600,
    }
    assert plan.module.source.endswith("/modules/databricks-job")


# What is added to a job, and the inputs that it becomes.
GIVEN: list[tuple[dict[str, str], dict[str, Any]]] = [
    (
        {"run": "etl:run", "runtime": "source: /Volumes/a/b/c/etl.whl\nargs: [--day, '1']"},
        {
            "entry_point": "etl:run",
            "wheel": "/Volumes/a/b/c/etl.whl",
            "args": ["--day", "1"],
        },
    ),
    ({"run": "s3://code/etl.py"}, {"entry_point": "s3://code/etl.py"}),
    ({"runtime": "args: [day=1, q=a=b]"}, {"args": ["day=1", "q=a=b"]}),
    (
        {"nodes": "autoscaling: {min: 1, max: 8}, spot: yes, disk_gib: 200"},
        {
            "nodes": {
                "instance_type": "m6i.xlarge",
                "disk_gib": 200,
                "autoscaling": {"min": 1, "max": 8},
                "spot": True,
            }
        },
    ),
    ({"nodes": "count: 4"}, {"nodes": {"instance_type": "m6i.xlarge", "count": 4}}),
    (
        {"runtime": "max_retries: 2\ntimeout_seconds: 600"},
        {"max_retries": 2, "timeout_seconds": 600},
    ),
    (
        {"runtime": "image: registry/etl:1\nidentity: " + SOMEBODY},
        {"image": "registry/etl:1", "identity": SOMEBODY},
    ),
    (
        {
            "runtime": "environment: {LOG: info}\nsecrets: {KEY: etl-prod/stripe}",
            "block": "references: {database: {endpoint: db, port: 5432}}",
        },
        {
            "environment_variables": {
                "DATABASE_ENDPOINT": "db",
                "DATABASE_PORT": "5432",
                "LOG": "info",
            },
            "secrets": {"KEY": "etl-prod/stripe"},
        },
    ),
    (
        {"databricks": f"policy_id: ABC, permissions: {{team: CAN_VIEW, {SOMEBODY}: IS_OWNER}}"},
        {"policy_id": "ABC", "permissions": {"team": "CAN_VIEW", SOMEBODY: "IS_OWNER"}},
    ),
    (
        {"head": "schedule: {cron: '0 2 * * mon', timezone: Europe/Berlin, enabled: no}\n"},
        {
            "schedule": {
                "expression": "0 0 2 ? * MON",
                "timezone": "Europe/Berlin",
                "enabled": False,
            }
        },
    ),
    (
        {
            "block": f"monitoring: {{alerts: {{channels: [a@b.io, {OTHER}],"
            " thresholds: {failed_runs: 1, run_seconds: 60}}}"
        },
        {"alerts": {"channels": ["a@b.io", OTHER], "run_seconds": 60}},
    ),
    (
        {"block": "terraform: {variables: {photon: true, queue: false, log_destination: dbfs:/l}}"},
        {"photon": True, "queue": False, "log_destination": "dbfs:/l"},
    ),
]


@pytest.mark.parametrize(("given", "expected"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, given: dict[str, str], expected: dict[str, Any]
) -> None:
    """Each field has its effect; the module's interface takes it."""
    inputs = plans.inputs(job(**given))
    assert {name: inputs[name] for name in expected} == expected


def test_a_cluster_that_exists(plans: Plans) -> None:
    """It has its own release and machines."""
    inputs = plans.inputs(job(nodes=None, runtime=f"cluster_name: {CLUSTER}"))
    assert inputs["existing_cluster_id"] == CLUSTER
    assert not {"release", "nodes"} & inputs.keys()


def test_machines_of_a_pool(plans: Plans) -> None:
    """An instance pool is an input of the module; it stands for the node type."""
    pool = "terraform: {variables: {instance_pool_id: pool-1}}"
    text = job(nodes=None, runtime="release: 15.4.x-scala2.12\nnodes: {count: 2}", block=pool)
    assert plans.inputs(text)["nodes"] == {"count": 2}
    (told,) = plans.told(job(nodes="count: 2", block=pool))
    assert told.endswith('"instance_type" has no effect on the machines of an instance pool')


def test_no_alerts_without_monitoring(plans: Plans) -> None:
    """``monitoring.enabled: false`` takes the alerts away."""
    block = "monitoring: {enabled: no, alerts: {channels: [a@b.io]}}"
    assert "alerts" not in plans.inputs(job(block=block))


@pytest.mark.parametrize("orchestrator", ["dagster", "airflow"])
def test_an_orchestrator_keeps_the_schedule(plans: Plans, orchestrator: str) -> None:
    """It starts the job itself, by the module's output."""
    head = "schedule: {cron: '0 2 * * *'}\n"
    plan = plans.plan(job(head=head, block=f"orchestrator: {{type: {orchestrator}}}"))
    assert "schedule" not in {argument.name for argument in plan.module.arguments}
    assert f"{orchestrator}_databricks_config" in {output.name for output in plan.outputs}


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


def test_a_host_without_its_slash(plans: Plans) -> None:
    """The address as a browser shows it is the same."""
    (provider,) = plans.plan(job().replace(HOST, f"{HOST}/")).providers
    assert provider.arguments == {"host": HOST}


def test_everything_missing_is_told_at_once(plans: Plans) -> None:
    """A job that says nothing but its runtime."""
    text = "tenant_id: a\nenvironment: b\ninfrastructure:\n  provider: azure\n"
    text += "  region: westeurope\n  runtime: {type: databricks}\n"
    assert [line.split(": ", 2)[2] for line in plans.told(text)] == [
        'databricks needs "databricks.host"',
        'databricks needs "runtime.entry_point"',
        'databricks needs "runtime.release"',
        'databricks needs "runtime.nodes.instance_type"',
    ]


def test_values_that_wait_for_a_variable_are_left_to_terraform(plans: Plans) -> None:
    """What only apply knows cannot be checked here."""
    text = job(runtime="identity: '${WHO}'\nsecrets: {A: '${SECRET}'}", run="'${NOTEBOOK}'")
    assert {variable.name for variable in plans.plan(text).variables} == {
        "who",
        "secret",
        "notebook",
    }


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp"])
def test_tags_follow_the_cloud_of_the_workspace(plans: Plans, cloud: str) -> None:
    """Databricks hands them on to its machines: an address is none on Google Cloud."""
    plan = plans.plan(job(cloud, block="tags: {owner: 'a@b.io'}"))
    tags = {row.key: row.value for row in plan.tag_rows}
    assert tags["Owner"] == ("a_b.io" if cloud == "gcp" else "a@b.io")
    assert tags["RuntimeType"] == "databricks"
