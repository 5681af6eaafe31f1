"""EMR: what a job becomes, and what it is told before Terraform would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans

MAIN = "s3://code/main.py"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
ROLE = "arn:aws:iam::123456789012:role/etl/nodes"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"
TOPIC = "arn:aws:sns:us-east-1:123456789012:t"
NETWORK = "network: {vpc_id: vpc-1, subnet_ids: [subnet-1, subnet-2]}"


def job(
    runtime: str = "",
    block: str = "",
    head: str = "",
    run: str = f"entry_point: {MAIN}",
    network: str = NETWORK,
) -> str:
    """A job file; ``runtime`` lines start at line 9, ``block`` lines follow them.

    Args:
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        run: the line that says what is run.
        network: the line of the network; with an empty one the rest moves up.
    """
    text = f"tenant_id: acme\nenvironment: prod\n{head}infrastructure:\n"
    text += "  provider: aws\n  region: us-east-1\n"
    text += f"  {network}\n" if network else ""
    text += f"  runtime:\n    type: emr\n    {run}\n"
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())


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
            "6:82: invalid-value: EMR takes at most 4 security groups besides its own",
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
        ['10:14: invalid-value: "7.10.0" is no release of EMR'],
    ),
    (
        job("release: emr-5.31.1"),
        ["10:14: invalid-value: emr-5.31.1 starts no nodes without version 1 of the metadata"],
    ),
    (
        job("release: emr-6.1.0"),
        ["10:14: invalid-value: emr-6.1.0 starts no nodes without version 1 of the metadata"],
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
        ["10:32: invalid-value: a cluster keeps at least 1 node besides the primary one"],
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
        job("nodes: {disk_gib: 2000}"),
        ["10:23: invalid-value: EMR offers disks of 10 to 1024 GiB for a node"],
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
        ['10:19: invalid-value: "a-b" is no name of an environment variable here'],
    ),
    (
        job("", f"storage: {{kms_key_id: '{KEY.replace('key/', 'alias/')}'}}"),
        ['10:25: invalid-value: "storage.kms_key_id" cannot be "'],
    ),
    (
        job("", "monitoring: {log_retention_days: 31}"),
        ["10:36: invalid-value: CloudWatch keeps no logs for 31 days"],
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
