"""What a job may reach: buckets that it writes to, ports of what exists, and further resources."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans, job
from tests.plan.reached import BLOBS, SECRET, aws, target, warnings


@pytest.mark.parametrize(
    ("cloud", "connection", "storage", "expected"),
    [
        ("aws", "s3: {bucket: lake, prefix: raw/x/}", "", {"bucket": "lake", "prefix": "raw/x"}),
        ("aws", "bucket: lake", "", {"bucket": "lake"}),
        ("aws", "s3: {bucket: s3://lake/raw}", "", {"bucket": "lake", "prefix": "raw"}),
        # A date is known while the job runs, its folder's parent before.
        (
            "aws",
            "s3: {bucket: lake, prefix: 'raw/{date}/x'}",
            "",
            {"bucket": "lake", "prefix": "raw"},
        ),
        (
            "aws",
            "s3: {bucket: lake, prefix: out}",
            "data_bucket: landing, prefix: raw",
            {
                "bucket": "landing",
                "prefix": "raw",
                "targets": [{"bucket": "lake", "prefix": "out"}],
            },
        ),
        # What is below the job's own prefix is reached already, what is beside it is not.
        ("aws", "s3: {bucket: lake, prefix: raw/x}", "data_bucket: lake, prefix: raw", None),
        ("aws", "s3: {bucket: lake}", "data_bucket: lake, prefix: raw", None),
        (
            "aws",
            "s3: {bucket: lake, prefix: rawest}",
            "data_bucket: lake, prefix: raw",
            {
                "bucket": "lake",
                "prefix": "raw",
                "targets": [{"bucket": "lake", "prefix": "rawest"}],
            },
        ),
        # What belongs to the bucket of the data belongs to that of the target without one.
        (
            "aws",
            "s3: {bucket: lake}",
            "prefix: raw, allow_delete: true, state_bucket: state",
            {"bucket": "lake", "prefix": "raw", "allow_delete": True, "state_bucket": "state"},
        ),
        # A server of one's own that speaks S3 is not reached by rights.
        ("aws", "s3: {bucket: lake, endpoint: 'http://minio:9000'}", "", {}),
        ("gcp", "gcs: {bucket: lake, prefix: raw}", "", {"bucket": "lake", "prefix": "raw"}),
        ("gcp", "bucket: gs://lake", "", {"bucket": "lake"}),
        ("azure", "azure: {account: lake, container: raw}", "", {"container_id": f"{BLOBS}/raw"}),
        (
            "azure",
            "bucket: 'abfss://raw@lake.dfs.core.windows.net/in'",
            "data_bucket: lake/landing",
            {
                "container_id": f"{BLOBS}/landing",
                "targets": [{"container_id": f"{BLOBS}/raw", "prefix": "in"}],
            },
        ),
    ],
)
def test_bucket_of_the_target(
    plans: Plans, cloud: str, connection: str, storage: str, expected: dict[str, Any] | None
) -> None:
    """The identity reaches the bucket of the target and that of the data, with their prefixes."""
    block = f"storage: {{{storage}}}" if storage else ""
    found = plans.inputs(job(cloud, head=target(connection), block=block))
    alone = plans.inputs(job(cloud, block=block)) if expected is None else {"storage": expected}
    assert found.get("storage", {}) == alone["storage"]


def test_warehouse(plans: Plans) -> None:
    """A warehouse says where the data is where nothing else does."""
    head = "target: {warehouse: 's3://lake/wh'}\n"
    assert plans.inputs(job(head=head))["storage"] == {"bucket": "lake", "prefix": "wh"}
    own = plans.inputs(job(head=head, block="storage: {data_bucket: other}"))
    assert own["storage"] == {"bucket": "other"}


def test_bucket_that_only_apply_knows(plans: Plans) -> None:
    """A name that nothing defines becomes a variable of the root, as in storage."""
    plan = plans.plan(job(head=target("s3: {bucket: '${LAKE}'}")))
    assert [variable.name for variable in plan.variables] == ["lake"]
    known = plans.plan(
        job(head=target("s3: {bucket: '${LAKE}'}"), block="storage: {data_bucket: other}")
    )
    assert known.variables == ()


def test_readme_names_both_buckets(plans: Plans) -> None:
    """Whoever reads the root sees which data it touches."""
    block = "storage: {data_bucket: landing, prefix: raw, state_bucket: state}"
    plan = plans.plan(job(head=target("s3: {bucket: lake, prefix: out}"), block=block))
    assert plan.summary["Buckets"] == "landing/raw, lake/out, state (state)"


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ("database: {endpoint: db.acme.example, port: 5432}", {"database": {"port": 5432}}),
        ("database: {instance_id: orders, port: 5432}", {"database": {"port": 5432}}),
        (
            "database: {endpoint: 10.1.2.3, port: 5432}",
            {"database": {"port": 5432, "cidr_blocks": ["10.1.2.3/32"]}},
        ),
        (
            "cache: {endpoint: 'cache.acme.example:6380', security_group_ids: [sg-1]}",
            {"cache": {"port": 6380, "security_group_ids": ["sg-1"]}},
        ),
        (
            "queue: {url: 'amqps://mq.acme.example', cidr_blocks: [10.1.0.0/16]}",
            {"queue": {"port": 5671, "cidr_blocks": ["10.1.0.0/16"]}},
        ),
        (
            "database: {endpoint: 'jdbc:postgresql://db.acme.example/orders'}",
            {"database": {"port": 5432}},
        ),
        (
            "queue: {url: 'b1:9092,b2:9094'}",
            {"queue-9092": {"port": 9092}, "queue-9094": {"port": 9094}},
        ),
        ("queue: {url: 'https://sqs.us-east-1.amazonaws.com/1/q'}", None),
    ],
)
@pytest.mark.parametrize("runtime", ["ecs_fargate", "lambda", "emr"])
def test_ports_of_references(
    plans: Plans, runtime: str, references: str, expected: dict[str, Any] | None
) -> None:
    """The group that the module makes lets the job through to what it refers to, and no further."""
    found = plans.inputs(aws(runtime, f"references: {{{references}}}"))
    assert found.get("egress_rules") == expected


def test_groups_of_ones_own_have_their_own_rules(plans: Plans) -> None:
    """Nothing is added to a group that exists already, and asking for it is an error."""
    text = job(network="security_group_ids: [sg-1]", block="references: {cache: {endpoint: 'c:1'}}")
    assert "egress_rules" not in plans.inputs(text)
    told = plans.told(text.replace("'c:1'", "'c:1', cidr_blocks: [10.0.0.0/8]"))
    assert told == [
        '10:41: invalid-value: "cidr_blocks" has no effect on security groups that exist already'
    ]


def test_port_that_is_not_known(plans: Plans) -> None:
    """A host without a port is told: the group lets out HTTPS alone."""
    (told,) = warnings(plans, job(block="references: {cache: {endpoint: cache.acme.example}}"))
    message = "names no port, so the security group lets out HTTPS alone (write it as HOST:PORT)"
    assert told == f'10:34: not-granted: "cache.endpoint" {message}'


def test_bucket_of_another_cloud(plans: Plans) -> None:
    """An identity of one cloud has no rights in another; a job that has credentials needs none."""
    head = target("gcs: {bucket: lake}")
    (told,) = warnings(plans, job(head=head))
    assert told.startswith('3:37: not-granted: the job writes to "lake" of Google Cloud, where an')
    assert warnings(plans, job(head=head, runtime=f"secrets: {{A: '{SECRET}'}}")) == []
    assert "storage" not in plans.inputs(job(head=head))
