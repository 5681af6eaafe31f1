"""What a job may reach: buckets that it writes to, ports of what exists, and further resources."""

from __future__ import annotations

from typing import Any

import pytest

from generator.plan.runtimes.access_kinds import KINDS, kinds_of
from tests.plan.conftest import GROUP, Plans, job

ROLE = "arn:aws:iam::123456789012:role/etl"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-a1B2c3"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders"
BLOBS = f"{GROUP}/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers"
IDENTITY = f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/etl"


def target(connection: str) -> str:
    """Lines that say where the runner writes to."""
    return f"target: {{connection: {{{connection}}}}}\n"


def warnings(plans: Plans, text: str) -> list[str]:
    """The warnings of a job, each with its line and its hint."""
    found, problems = plans.decided(text)
    assert found, problems
    return [f"{plans.line_of(p)} ({p.hint})" for p in problems if p.code == "not-granted"]


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
    found = plans.inputs(_aws(runtime, f"references: {{{references}}}"))
    assert found.get("egress_rules") == expected


def _aws(runtime: str, block: str) -> str:
    text = job("aws", block=block)
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1"
    text = text.replace("registry/etl:1", image) if runtime == "lambda" else text
    text = text.replace("ecs_fargate", runtime)
    code = "image: registry/etl:1" if runtime == "ecs_fargate" else "entry_point: s3://code/main.py"
    return text.replace("image: registry/etl:1", code)


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


@pytest.mark.parametrize(
    ("cloud", "entries", "expected"),
    [
        ("aws", f"{{resource: '{QUEUE}', level: read}}", [{"resource": QUEUE, "level": "read"}]),
        (
            "gcp",
            "{resource: acme-data.sales, level: write}",
            [{"resource": "projects/acme-data/datasets/sales", "level": "write"}],
        ),
        (
            "azure",
            f"{{resource: {BLOBS}/raw, level: read}}, {{resource: {GROUP}/A.B/c/d, role: Reader}}",
            [
                {"resource": f"{BLOBS}/raw", "role": "Storage Blob Data Reader"},
                {"resource": f"{GROUP}/A.B/c/d", "role": "Reader"},
            ],
        ),
    ],
)
def test_access(plans: Plans, cloud: str, entries: str, expected: list[dict[str, str]]) -> None:
    """What else a job may do reaches its module."""
    assert plans.inputs(job(cloud, block=f"access: [{entries}]"))["access"] == expected


@pytest.mark.parametrize(
    ("cloud", "entry", "told"),
    [
        ("aws", f"{{resource: '{QUEUE}'}}", 'needs "access.0.level"'),
        ("aws", f"{{resource: '{QUEUE}', level: raed}}", 'must be read or write, not "raed"'),
        ("aws", f"{{resource: '{QUEUE}', role: x}}", '"role" names a role of Azure'),
        ("aws", "{resource: orders, level: read}", '"orders" is nothing that access can be given'),
        ("aws", "{level: read}", '"infrastructure.access[0].resource" is missing'),
        ("aws", f"{{resourse: '{QUEUE}', level: read}}", 'unknown key "resourse"'),
        ("gcp", "{resource: projects/acme-data/topics/clicks, level: read}", "has no level read"),
        ("azure", f"{{resource: {GROUP}, role: Owner}}", "could give itself any right"),
        ("azure", f"{{resource: {BLOBS}/raw, role: R, level: read}}", "two ways to say one thing"),
        ("azure", f"{{resource: {GROUP}/A.B/c/d, level: read}}", "is nothing that access can be"),
        ("azure", "{resource: lake/raw, role: R}", "is no resource id"),
    ],
)
def test_access_that_cannot_be(plans: Plans, cloud: str, entry: str, told: str) -> None:
    """What cannot be granted is told at its line."""
    found = plans.told(job(cloud, block=f"access:\n  - {entry}"))
    assert any(told in line for line in found), found
    assert all(line.startswith(("10:", "11:", "12:")) for line in found), found


def test_misspelt_kinds_are_recognised(plans: Plans) -> None:
    """A resource that is nearly one of a kind is told what it was meant to be."""
    for cloud, wrong, meant in (
        ("aws", "arn:aws:dynamodb:us-east-1:123456789012:tabel/x", "a DynamoDB table"),
        ("gcp", "projects/acme-data/dataset/sales", "a BigQuery dataset"),
        ("azure", f"{BLOBS[:-1]}/raw", "a blob container"),
    ):
        text = job(cloud, block=f"access: [{{resource: '{wrong}', level: read}}]")
        (problem,) = plans.problems(text)
        assert problem.hint.startswith(f"did you mean {meant}, ")


def test_each_kind_has_its_form() -> None:
    """The form that people are shown is one that is recognised."""
    for kind in KINDS:
        form = kind.form.split(" or ")[0].replace("REGION", "us-east-1")
        form = form.replace("ACCOUNT:", "123456789012:").replace("PROJECT", "acme-data")
        form = form.replace("BUCKET", "lake").replace("..." + "/", f"{GROUP}/")
        assert [found for found in kinds_of(kind.cloud) if found.matches(form)] == [kind]


@pytest.mark.parametrize("runtime", ["kubernetes", "databricks"])
def test_runtimes_that_grant_nothing(plans: Plans, runtime: str) -> None:
    """Where the job's rights are not made here, access is refused at its line."""
    text = _aws(runtime, f"access: [{{resource: '{QUEUE}', level: read}}]")
    assert any(
        f'10:3: no-effect: "access" has no effect on {runtime}' in t for t in plans.told(text)
    )


def test_identity_that_exists_already_gets_nothing(plans: Plans) -> None:
    """What cannot be given to somebody else's identity is told with what it must have."""
    storage = f"storage: {{data_bucket: lake, prefix: raw, kms_key_id: '{KEY}'}}"
    access = f"access: [{{resource: '{QUEUE}', level: read}}]"
    text = job(
        runtime=f"identity: {ROLE}\nreadable_secrets: ['{SECRET}']\nsecrets: {{A: '{SECRET}'}}",
        block=f"{storage}\n{access}",
    )
    expected = (
        ("11:5", "runtime.readable_secrets", "be able to read these secrets already"),
        ("13:45", "storage.kms_key_id", "be able to encrypt and decrypt with this key already"),
        ("13:3", "storage", "be able to read and write lake/raw already"),
        ("14:3", "access", f"have these already: read {QUEUE}"),
    )
    who = '"etl", which exists already'
    assert warnings(plans, text) == [
        f'{at}: not-granted: "{field}" gives no right to {who} (it must {need})'
        for at, field, need in expected
    ]


@pytest.mark.parametrize(
    ("cloud", "identity", "secrets"),
    [
        ("gcp", "etl@acme-data.iam.gserviceaccount.com", "projects/acme-data/secrets/a"),
        ("azure", IDENTITY, "https://vault.vault.azure.net/secrets/a"),
    ],
)
def test_identity_that_exists_already_elsewhere(
    plans: Plans, cloud: str, identity: str, secrets: str
) -> None:
    """The same on the other clouds, where secrets are read by the job's identity."""
    bucket = "lake/raw" if cloud == "azure" else "lake"
    text = job(
        cloud,
        runtime=f"identity: {identity}\nsecrets: {{A: '{secrets}'}}",
        head=target(f"bucket: {bucket}"),
    )
    found = warnings(plans, text)
    assert ['"runtime.secrets"' in found[0], '"target"' in found[1], len(found)] == [True, True, 2]
    assert f"read and write {bucket} already" in found[1]


def test_bucket_of_another_cloud(plans: Plans) -> None:
    """An identity of one cloud has no rights in another; a job that has credentials needs none."""
    head = target("gcs: {bucket: lake}")
    (told,) = warnings(plans, job(head=head))
    assert told.startswith('3:37: not-granted: the job writes to "lake" of Google Cloud, where an')
    assert warnings(plans, job(head=head, runtime=f"secrets: {{A: '{SECRET}'}}")) == []
    assert "storage" not in plans.inputs(job(head=head))
