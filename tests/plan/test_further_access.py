"""``access``: further resources that a job may use."""

from __future__ import annotations

import pytest

from generator.plan.runtimes.access_kinds import KINDS, kinds_of
from tests.plan.conftest import GROUP, Plans, job
from tests.plan.reached import BLOBS, SECRET, aws, target, warnings

ROLE = "arn:aws:iam::123456789012:role/etl"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders"
IDENTITY = f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/etl"


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
        ("aws", f"{{resource: '{QUEUE}'}}", 'needs "access[0].level"'),
        ("aws", f"{{resource: '{QUEUE}', level: raed}}", 'must be read or write, not "raed"'),
        ("aws", f"{{resource: '{QUEUE}', role: x}}", '"role" names a role of Azure'),
        ("aws", "{resource: orders, level: read}", '"orders" is nothing that access can be given'),
        ("aws", "{level: read}", '"infrastructure.access[0].resource" is missing'),
        ("aws", f"{{resourse: '{QUEUE}', level: read}}", 'unknown key "resourse"'),
        ("gcp", "{resource: projects/acme-data/topics/clicks, level: read}", "has no level read"),
        ("azure", f"{{resource: {GROUP}, role: Owner}}", "could give itself any right"),
        ("azure", f"{{resource: {BLOBS}/raw, role: R, level: read}}", "two ways to say one thing"),
        ("azure", f"{{resource: {GROUP}/A.B/c/d, level: read}}", "is nothing that access can be"),
        ("azure", "{resource: lake/raw, role: R}", "must be a resource id"),
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
    text = aws(runtime, f"access: [{{resource: '{QUEUE}', level: read}}]")
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
        ("gcp", "etl-runner@acme-data.iam.gserviceaccount.com", "projects/acme-data/secrets/a"),
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
