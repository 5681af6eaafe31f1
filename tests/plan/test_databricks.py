"""Databricks: what a job becomes, on each cloud, and what it is told before Terraform would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans
from tests.plan.databricks_jobs import CLUSTER, HOST, NODE_TYPES, SOMEBODY, job

OTHER = "3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"


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
    tags = {key: value for layer in plan.tag_maps for key, value in layer.tags.items()}
    assert tags["Owner"] == ("a_b.io" if cloud == "gcp" else "a@b.io")
    assert tags["RuntimeType"] == "databricks"
