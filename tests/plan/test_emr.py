"""EMR: what a job becomes, and what it is told before Terraform would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans
from tests.plan.emr_jobs import KEY, MAIN, NETWORK, SECRET, job

ROLE = "arn:aws:iam::123456789012:role/etl/nodes"
TOPIC = "arn:aws:sns:us-east-1:123456789012:t"


def test_the_least_job(plans: Plans) -> None:
    """What is run, where, and how long; the rest is the module's own."""
    given = plans.inputs(job())
    given.pop("tags")
    assert given == {
        "name": "etl",
        "tenant": "acme",
        "environment": "prod",
        "entry_point": MAIN,
        "timeout_seconds": 3600,
        "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"]},
    }


GIVEN: list[tuple[str, str, dict[str, Any]]] = [
    ("args: [a, b]\nmax_retries: 2", "", {"args": ["a", "b"], "max_retries": 2}),
    ("environment: {A: b}", "", {"environment_variables": {"A": "b"}}),
    ("", "references: {queue: {url: q}}", {"environment_variables": {"QUEUE_URL": "q"}}),
    ("release: emr-6.15.0", "", {"release": "emr-6.15.0"}),
    (f"identity: '{ROLE}'", "", {"identity": ROLE}),
    (
        "nodes: {instance_type: r6g.2xlarge, count: 3, disk_gib: 100}",
        "",
        {"nodes": {"instance_type": "r6g.2xlarge", "count": 3, "disk_gib": 100}},
    ),
    (
        "nodes: {instance_type: m5.xlarge, other_instance_types: [m5a.xlarge, m6i.xlarge]}",
        "",
        {
            "nodes": {
                "instance_type": "m5.xlarge",
                "other_instance_types": ["m5a.xlarge", "m6i.xlarge"],
            }
        },
    ),
    (
        "nodes: {count: 4, autoscaling: {min: 2, max: 8}, spot: true}",
        "",
        {"nodes": {"count": 4, "autoscaling": {"min": 2, "max": 8}, "spot": True}},
    ),
    (
        "",
        f"storage: {{data_bucket: lake, prefix: raw, kms_key_id: '{KEY}'}}",
        {"storage": {"bucket": "lake", "prefix": "raw"}, "kms_key_id": KEY},
    ),
    ("", f"storage: {{kms_key_id: '{KEY}'}}", {"kms_key_id": KEY}),
    (f"readable_secrets: ['{SECRET}']", "", {"readable_secrets": [SECRET]}),
    (
        "",
        f"monitoring: {{log_retention_days: 90, kms_key_id: '{KEY}'}}",
        {"log_retention_days": 90, "log_kms_key_arn": KEY},
    ),
    (
        "",
        f"monitoring: {{alerts: {{channels: ['{TOPIC}'], thresholds: {{run_seconds: 60}}}}}}",
        {"alerts": {"channels": [TOPIC], "run_seconds": 60}},
    ),
    (
        "",
        "terraform: {variables: {applications: [Hadoop, Spark], step_concurrency: 2}}",
        {"applications": ["Hadoop", "Spark"], "step_concurrency": 2},
    ),
]


@pytest.mark.parametrize(("runtime", "block", "expected"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, expected: dict[str, Any]
) -> None:
    """Every field that EMR honours is an input of its module."""
    assert expected.items() <= plans.inputs(job(runtime, block)).items()


def test_a_command_stands_for_the_entry_point(plans: Plans) -> None:
    """Whatever the primary node can run."""
    given = plans.inputs(job(run="command: [hive, -f]", runtime="args: [s3://code/q.sql]"))
    assert given["command"] == ["hive", "-f"] and given["args"] == ["s3://code/q.sql"]
    assert "entry_point" not in given


def test_further_groups_and_ways_out(plans: Plans) -> None:
    """EMR keeps groups of its own, so those of the user and ways out of EMR's go together."""
    network = NETWORK.replace(
        "}", ", security_group_ids: [sg-1], egress_cidr_blocks: [10.0.0.0/8]}"
    )
    given = plans.inputs(job(network=network))["network"]
    assert given["security_group_ids"] == ["sg-1"]
    assert given["egress_cidr_blocks"] == ["10.0.0.0/8"]


def test_an_existing_cluster_is_named_by_its_id(plans: Plans) -> None:
    """It has a network already; the id may wait for Terraform."""
    given = plans.inputs(job("cluster_name: j-2AXXXXXXGAPLF", network=""))
    assert given["cluster_id"] == "j-2AXXXXXXGAPLF" and "network" not in given
    plan = plans.plan(job("cluster_name: ${EMR_CLUSTER_ID}", network=""))
    assert [variable.name for variable in plan.variables] == ["emr_cluster_id"]


def test_the_schedule_is_that_of_eventbridge(plans: Plans) -> None:
    """Six fields, one of them a question mark."""
    given = plans.inputs(job(head="schedule: {cron: '0 2 * * 1'}\n"))
    assert given["schedule"] == {"expression": "cron(0 2 ? * MON *)", "timezone": "UTC"}


def test_airflow_adds_steps_itself(plans: Plans) -> None:
    """No schedule and no retries in the cloud; the operator's arguments are an output."""
    head = "schedule: {cron: '0 2 * * 1'}\n"
    text = job("max_retries: 2", "orchestrator: {type: airflow}", head)
    plan = plans.plan(text)
    names = {argument.name for argument in plan.module.arguments}
    assert not names & {"schedule", "max_retries"}
    assert "airflow_emr_config" in {output.name for output in plan.outputs}


def test_a_module_of_ones_own_says_itself_what_it_needs(plans: Plans) -> None:
    """Neither a network nor anything to run is asked for, and an existing cluster may have both."""
    module = "terraform: {module: {source: 'git::https://example.com/m.git', version: v1}}"
    text = job("cluster_name: j-1\nrelease: emr-7.10.0", module, run="args: [a]")
    given = plans.inputs(text)
    assert given["cluster_id"] == "j-1" and given["network"] and given["release"] == "emr-7.10.0"
    plans.plan(job("", module, run="args: [a]", network=""))
