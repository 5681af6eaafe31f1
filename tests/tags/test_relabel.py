"""The same tags as Kubernetes labels and as Databricks tags."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import InputError
from generator.job.settings import TagSettings
from generator.tags.relabel import labels_for
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]


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
    with pytest.raises(InputError, match='Databricks sets "ClusterName" itself'):
        labels_for(tags_of(tags={"ClusterName": "x"}), "databricks", TagSettings())


def test_collisions_and_counts(tags_of: Build) -> None:
    """Keys that become one there, and too many tags, are errors."""
    with pytest.raises(InputError, match="become one"):
        labels_for(tags_of(tags={"a b": "1", "a_b": "2"}), "kubernetes", TagSettings())
    many = tags_of(tags={f"t{number}": "x" for number in range(42)})
    with pytest.raises(InputError, match="Databricks allows 45"):
        labels_for(many, "databricks", TagSettings())
