"""Buckets, networks and namespaces of older files."""

from __future__ import annotations

import pytest

from tests.dialects.projects import block, job, refused, translated


def test_bucket() -> None:
    """A bucket has been called by two names, with or without the scheme of its address."""
    assert block("storage: {bucket: lake}\n")["storage"] == {"data_bucket": "lake"}
    found = block("compute: {cpu: 1}\nstorage: {data_bucket: s3://lake/raw/x/}\n")
    assert found["storage"] == {"data_bucket": "lake", "prefix": "raw/x"}
    state = "storage: {bucket: lake, state_bucket: gs://state}\n"
    assert block(state)["storage"] == {"data_bucket": "lake", "state_bucket": "state"}


@pytest.mark.parametrize("target", ["s3: {bucket: other}", "gcs: {bucket: other}", "bucket: other"])
def test_bucket_of_the_target(target: str) -> None:
    """The bucket that the runner writes to may be another one than that of the data."""
    more = f"target:\n  connection:\n    {target}\n"
    assert block("storage: {bucket: lake}\n", more)["storage"] == {"data_bucket": "lake"}
    assert block("storage: {bucket: other}\n", more)["storage"] == {"data_bucket": "other"}


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("networking: {subnet_ids: [a], private_access: false}", {"subnet_ids": ["a"]}),
        ("networking: {subnet_ids: [a], private_networking: false}", {"subnet_ids": ["a"]}),
        ("runtime: {network: {subnet_ids: [a]}}\nnetwork: ~", {"subnet_ids": ["a"]}),
        ("network: {subnets: [a], security_groups: [b]}", {"subnet_ids": ["a"]}),
    ],
)
def test_network_names(network: str, expected: dict[str, object]) -> None:
    """Every name of the network's section, and of the keys in it."""
    found = block(f"provider: aws\n{network}\n")["network"]
    assert expected.items() <= found.items()
    assert found.get("private") in (None, "false")
    assert found.get("security_group_ids") in (None, ["b"])


def test_two_networks() -> None:
    """Two sections for the network are an error at both lines, whatever is in them."""
    text = "networking: {vpc_id: vpc-1}\nruntime:\n  network: {subnet_ids: [a]}\n"
    first, second = refused(job(text))
    assert first.startswith('4: "networking" stands beside "runtime.network"')
    assert second.startswith('6: "runtime.network" stands beside "networking"')


def test_connector() -> None:
    """The path of a connector is a connector, that of a network a network."""
    text = "provider: gcp\nnetworking: {vpc_id: %s}\n"
    connector = "projects/p/locations/us-central1/connectors/c"
    assert block(text % connector)["network"] == {"connector": connector}
    network = "projects/p/global/networks/n"
    assert block(text % network)["network"] == {"vpc_id": network}
    assert block(text % "default")["network"] == {"vpc_id": "default"}


def test_namespace() -> None:
    """A namespace is one of a cluster; on ECS it grouped jobs, and gets a warning."""
    text = "provider: aws\nruntime: {type: %s, namespace: etl}\n"
    assert block(text % "eks")["kubernetes"] == {"namespace": "etl"}
    translation = translated(job(text % "ecs"))
    assert "kubernetes" not in translation.document["infrastructure"]
    assert "has no effect on ecs_fargate" in translation.warnings[0].message
