"""An organisation's own keys for known tags, and tags that it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.errors import Problem
from generator.model.settings import TagSettings
from generator.tags.relabel import labels_for
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]
KEYS = {
    "data_classification": "Classification_default",
    "retention_days": "Governance_retention_days",
    "CostCenter": {"default": "FinOps_cost_center", "gcp": "costcenter"},
    "terraform_module": "Module",
}
ASSET = {
    "name": "x",
    "compliance": {"classification": ["PII"], "retention_days": 365},
    "finops": {"cost_center": "FIN-001"},
}


def test_own_keys(tags_of: Build) -> None:
    """A key is for all clouds, or for each its own; other tags keep the style's."""
    own = {"Terraform": "true", "Module": "dativo-etl-job"}
    found = tags_of(settings={"keys": KEYS}, asset=ASSET, tags=own).as_map()
    expected = {
        "Classification_default": "PII",
        "Governance_retention_days": "365",
        "FinOps_cost_center": "FIN-001",
        "Terraform": "true",
        "Module": "dativo-etl-job",
        "TenantId": "acme",
    }
    assert expected.items() <= found.items()
    assert not {"DataClassification", "RetentionDays", "CostCenter"} & found.keys()
    labels = tags_of("gcp", settings={"keys": KEYS}, asset=ASSET).as_map()
    assert labels["costcenter"] == "fin-001"
    assert labels["classification_default"] == "pii"


def test_own_keys_are_read(tags_of: Build) -> None:
    """Whoever writes the organisation's key means that tag."""
    settings = {"keys": {"team": "Squad"}, "required": {"squad": None}}
    found = tags_of(settings=settings, defaults=({"Team": "a"},), tags={"squad": "b"})
    assert found.as_map()["Squad"] == "b"
    assert found.overridden["Squad"][0].values == ("a",)


def test_own_keys_elsewhere(tags_of: Build) -> None:
    """Objects of Kubernetes have the same keys; Databricks those of the cloud that it is on."""
    settings = {"keys": {"team": {"kubernetes": "squad", "gcp": "crew"}}}
    tags = tags_of(settings=settings, tags={"team": "a"})
    labels, _ = labels_for(tags, "kubernetes", TagSettings.model_validate(settings))
    assert labels["squad"] == "a" and tags.as_map()["Team"] == "a"
    runtime: dict[str, Any] = {"infrastructure": {"runtime": {"type": "databricks"}}}
    assert tags_of("gcp", settings=settings, tags={"team": "a"}, **runtime).as_map()["crew"] == "a"


def test_omit(tags_of: Build) -> None:
    """No layer's tag reaches a root, whoever is the source; a job that writes it is told."""
    settings = {"omit": ["region", "contains", "TenantId", "Environment"]}
    tags = tags_of(
        settings=settings, asset=ASSET, tags={"Region": "x"}, finops={"environment": "d"}
    )
    assert not {"Region", "ContainsPII", "TenantId", "Environment"} & tags.as_map().keys()
    (warning,) = [problem for problem in tags.warnings if problem.code == "tag-omitted"]
    assert warning.location is not None and warning.location.path[-1] == "Region"
    assert not [layer for layer in tags.layers for tag in layer.tags if tag.concept == "region"]


@pytest.mark.parametrize(
    ("settings", "path", "told"),
    [
        ({"keys": {"cost_centre": "x"}}, "keys.cost_centre", 'there is no tag "cost_centre"'),
        ({"keys": {"project": "Owner"}}, "keys.project", '"Owner" is a key of the tag owner'),
        ({"keys": {"project": "A", "team": "a"}}, "keys.team", '"a" is a key of the tag project'),
        ({"keys": {"project": "aws:x"}}, "keys.project", '"aws:x" cannot be a key'),
        ({"keys": {"team": {"aws": "a&"}}}, "keys.team.aws", '"a&" cannot be a key'),
        ({"omit": ["team", "regin"]}, "omit.1", 'there is no tag "regin"'),
        ({"omit": ["owner"], "required": {"Owner": None}}, "omit.0", 'the tag "owner" is required'),
    ],
)
def test_what_is_wrong(
    problems_of: Problems, settings: dict[str, Any], path: str, told: str
) -> None:
    """It is told once, at its place in dativo.yaml."""
    (problem,) = problems_of(settings=settings)
    assert problem.message.startswith(told)
    assert problem.location is not None and problem.location.file == "dativo.yaml"
    assert ".".join(map(str, problem.location.path)) == f"tags.{path}"
