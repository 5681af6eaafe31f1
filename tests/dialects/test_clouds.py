"""Which cloud a job is for, and which tool deploys it."""

from __future__ import annotations

import pytest

from tests.dialects.projects import block, job, refused, translated

E = "provider: terraform\nruntime: {platform: %s}\n"


@pytest.mark.parametrize(
    ("proof", "cloud"),
    [
        ("storage: {bucket: s3://lake}", "aws"),
        ("service_account: arn:aws:iam::123456789012:role/x", "aws"),
        ("network: {vpc_id: vpc-0a1b2c3d}", "aws"),
        ("network: {subnet_ids: [subnet-12345678]}", "aws"),
        ("network: {security_group_ids: [sg-12345678]}", "aws"),
        ("storage: {bucket: gs://lake}", "gcp"),
        ("network: {vpc_id: projects/acme/global/networks/data}", "gcp"),
        ("service_account: x@acme.iam.gserviceaccount.com", "gcp"),
        ("network: {subnet_ids: [/subscriptions/1/resourceGroups/g]}", "azure"),
    ],
)
def test_cloud_from_evidence(proof: str, cloud: str) -> None:
    """Where provider names the tool, an identifier that one cloud alone has names the cloud."""
    found = block(f"provider: terraform\nruntime:\n  platform: kubernetes\n  {proof}\n")
    assert found["provider"] == cloud


@pytest.mark.parametrize(
    ("host", "cloud"),
    [
        ("https://acme.cloud.databricks.com", "aws"),
        ("https://adb-1234567890123456.7.azuredatabricks.net", "azure"),
        ("https://1234567890123456.7.gcp.databricks.com", "gcp"),
    ],
)
def test_cloud_from_a_workspace(host: str, cloud: str) -> None:
    """So does the address of a workspace, where provider names Databricks."""
    found = block(f"provider: databricks\ndatabricks: {{host: '{host}'}}\nruntime: {{}}\n")
    assert (found["provider"], found["runtime"]["type"]) == (cloud, "databricks")


@pytest.mark.parametrize("platform", ["emr", "ecs", "fargate"])
def test_cloud_from_platform(platform: str) -> None:
    """So does a service that one cloud alone has."""
    assert block(E % platform)["provider"] == "aws"


def test_cloud_from_references_and_backend() -> None:
    """So do the address of a database, and a backend that has a prefix only."""
    database = "resources: {database: {endpoint: a.b.us-east-1.rds.amazonaws.com}}\n"
    assert block(E % "kubernetes" + database)["provider"] == "aws"
    backend = "terraform: {backend_config: {bucket: b, prefix: p}}\n"
    found = block(E % "kubernetes" + backend)
    assert found["provider"] == "gcp"
    assert found["terraform"]["backend"] == {"type": "gcs", "bucket": "b", "prefix": "p"}


@pytest.mark.parametrize(
    "weak",
    [
        "metadata: {tags: {origin: s3://lake}}",
        "metadata: {annotations: {role: arn:aws:iam::1:role/x}}",
        "terraform: {module_source: s3::https://s3.amazonaws.com/modules/etl.zip}",
    ],
)
def test_no_evidence(weak: str) -> None:
    """Tags, labels and the address of a module prove nothing; the error says what to write."""
    (told,) = refused(job(E % "kubernetes" + weak))
    assert told.startswith('4: "terraform" is no cloud, and nothing in this file proves which')
    assert "write `provider: aws`, gcp or azure instead" in told


def test_mixed_evidence() -> None:
    """Evidence for two clouds is an error that names both."""
    text = "provider: terraform\nruntime: {platform: ecs, storage: {bucket: gs://lake}}\n"
    (told,) = refused(job(text))
    assert '"runtime.platform" of aws, "runtime.storage.bucket" of gcp' in told


@pytest.mark.parametrize("tool", ["cloudformation", "pulumi", "manual"])
def test_other_tools(tool: str) -> None:
    """The tool stands in a field of its own, beside the cloud."""
    translation = translated(job(f"provider: {tool}\nruntime: {{platform: ecs}}\n"))
    assert (translation.iac, translation.dialect) == (tool, "E")
    assert translation.document["infrastructure"]["iac"] == tool
    assert translation.document["infrastructure"]["provider"] == "aws"
    (told,) = refused(job(f"provider: {tool}\nruntime: {{platform: spark}}\n"))
    assert f"write `provider: aws`, gcp or azure and `iac: {tool}` instead" in told


def test_two_tools() -> None:
    """The tool as the provider, and another one in its own field, contradict each other."""
    text = "provider: terraform\niac: pulumi\nruntime: {platform: ecs}\n"
    first, second = refused(job(text))
    assert first.startswith('4: "provider" is "terraform", but "iac"')
    assert second.startswith('5: "iac" is "pulumi", but "provider"')
