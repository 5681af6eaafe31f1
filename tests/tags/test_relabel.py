"""The same tags as Kubernetes labels and as Databricks tags."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import InputError, Problem
from generator.model.settings import TagSettings
from generator.tags.relabel import labels_for
from generator.tags.rules import TAG_RULES
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]


def test_kubernetes(tags_of: Build) -> None:
    """Label names and values of 63 characters; lists joined by a dot; a namespace before "/"."""
    tags = tags_of(
        tags={"Desk": "a b@c", "example.com/Floor": "-1-"},
        asset={"compliance": {"regulations": ["GDPR", "SOX"]}},
    )
    labels, warnings = labels_for(tags, "kubernetes", TagSettings())
    expected = {"Desk": "a_b_c", "example.com/Floor": "1", "Regulations": "GDPR.SOX"}
    assert expected.items() <= labels.items()
    assert not warnings
    settings = TagSettings(style="namespaced")
    assert "dativo/tenant" in labels_for(tags, "kubernetes", settings)[0]


def test_databricks(tags_of: Build) -> None:
    """Databricks sets some tags itself; other scripts are replaced with a warning."""
    tags = tags_of(tags={"Desk": "東京 1"})
    labels, warnings = labels_for(tags, "databricks", TagSettings())
    assert labels["Desk"] == "_ 1"
    assert [p.code for p in warnings] == ["tag-value-changed"]
    with pytest.raises(InputError, match='Databricks on AWS sets "ClusterName" itself'):
        labels_for(tags_of(tags={"ClusterName": "x"}), "databricks", TagSettings())


def test_databricks_on_each_cloud(tags_of: Build) -> None:
    """Databricks hands tags on to the machines, so the rules differ with the cloud it is on."""
    tags = tags_of(tags={"Desk": "Zürich, a@b"}, asset={"compliance": {"regulations": ["A", "B"]}})
    found = {on: labels_for(tags, on, TagSettings())[0] for on in TAG_RULES if on != "kubernetes"}
    assert found["databricks"]["Desk"] == "Z_rich_ a@b"
    assert found["databricks_azure"]["Desk"] == "Zürich, a@b"
    assert found["databricks_gcp"]["Desk"] == "Zurich_a_b"
    assert found["databricks"]["Regulations"] == found["databricks_azure"]["Regulations"] == "A+B"
    assert found["databricks_gcp"]["Regulations"] == "A.B"
    with pytest.raises(InputError, match='Databricks on Azure does not allow "/"'):
        labels_for(tags_of(tags={"a/b": "1"}), "databricks_azure", TagSettings())
    namespaced = TagSettings(style="namespaced")
    assert "dativo-tenant" in labels_for(tags, "databricks_gcp", namespaced)[0]
    assert "dativo:tenant" in labels_for(tags, "databricks_azure", namespaced)[0]


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp"])
def test_job_on_an_existing_cluster(tags_of: Build, problems_of: Problems, cloud: str) -> None:
    """A cluster that is there keeps its tags, and a job takes 25; a cluster of its own takes 45."""
    own = {f"t{number}": "x" for number in range(25)}
    runtime = {"type": "databricks"}
    assert len(tags_of(cloud, tags=own, infrastructure={"runtime": runtime}).merged) > 25
    runtime["cluster_name"] = "0923-164208-meows279"
    (problem,) = problems_of(cloud, tags=own, infrastructure={"runtime": runtime})
    assert problem.code == "tag-count"
    assert problem.message.endswith("(existing cluster) allows 25 on a resource")


def test_collisions_and_counts(tags_of: Build) -> None:
    """Keys that become one there, and too many tags, are errors."""
    with pytest.raises(InputError, match="become one"):
        labels_for(tags_of(tags={"a b": "1", "a_b": "2"}), "kubernetes", TagSettings())
    many = tags_of(tags={f"t{number}": "x" for number in range(42)})
    with pytest.raises(InputError, match="Databricks on AWS allows 45"):
        labels_for(many, "databricks", TagSettings())
