"""What is said of the data: classes, fields, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable

from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]

ASSET = {
    "compliance": {"classification": ["PII", "FINANCIAL"]},
    "schema": [
        {"name": "email", "classification": "PII"},
        {"name": "amount", "classification": "FINANCIAL"},
        {"name": "id"},
    ],
}


def contains(tags: TagSet) -> set[str]:
    """The keys of the contains tags."""
    return {key for key in tags.merged if key.startswith("Contains")}


def test_of_the_asset(tags_of: Build) -> None:
    """Classes are one list, and each has a tag that is easy to filter by."""
    tags = tags_of(asset=ASSET)
    assert tags.as_map()["DataClassification"] == "PII+FINANCIAL"
    assert contains(tags) == {"ContainsPII", "ContainsFinancial"}
    assert tags.as_map()["ContainsPII"] == "true"
    assert tags.as_map()["ClassifiedFields"] == "email:PII+amount:FINANCIAL"


def test_override_replaces_all(tags_of: Build) -> None:
    """classification_overrides.default replaces the classes and the contains tags alike; those
    of the asset are told as overridden and stand in no layer's map.
    """
    tags = tags_of(asset=ASSET, classification_overrides={"default": "INTERNAL"})
    assert tags.as_map()["DataClassification"] == "INTERNAL"
    assert contains(tags) == {"ContainsInternal"}
    assert {"ContainsPII", "ContainsFinancial"} <= set(tags.overridden)
    shown = {tag.key for layer in tags.layers for tag in layer.tags}
    assert "ContainsPII" not in shown


def test_tags_classify_too(tags_of: Build) -> None:
    """Whoever wins the classification decides what is contained: tags of the job, or a null."""
    tags = tags_of(asset=ASSET, tags={"data_classification": "PHI,PII"})
    assert tags.as_map()["DataClassification"] == "PHI+PII"
    assert contains(tags) == {"ContainsPHI", "ContainsPII"}
    assert not contains(tags_of(asset=ASSET, tags={"DataClassification": None}))


def test_contains_of_ones_own(tags_of: Build, problems_of: Problems) -> None:
    """A contains tag may add to the classification, but not contradict it."""
    assert contains(tags_of(asset=ASSET, tags={"ContainsPHI": "true"})) >= {"ContainsPHI"}
    (problem,) = problems_of(asset=ASSET, tags={"contains_pii": "false"})
    assert problem.code == "tag-contradiction"
    assert "compliance.classification" in problem.message
    (problem,) = problems_of(tags={"contains_pii": "false", "data_classification": "PII"})
    assert problem.code == "tag-contradiction"


def test_fields(tags_of: Build) -> None:
    """Overrides of single fields change the list of classified fields, and only that."""
    rules = {"amount": "INTERNAL", "id": "PII", "email": ""}
    tags = tags_of(asset=ASSET, classification_overrides=rules)
    assert tags.as_map()["ClassifiedFields"] == "amount:INTERNAL+id:PII"
    assert tags.as_map()["DataClassification"] == "PII+FINANCIAL"
    lone = tags_of(classification_overrides={"email": "PII", "default": "PII"})
    assert lone.as_map()["ClassifiedFields"] == "email:PII"


def test_no_field_is_left_classified(tags_of: Build) -> None:
    """Overrides that take the class of every field leave no stale list behind."""
    tags = tags_of(asset=ASSET, classification_overrides={"email": "", "amount": ""})
    assert "ClassifiedFields" not in tags.merged
    assert tags.removed["ClassifiedFields"].layer == "job"
    tags = tags_of(asset=ASSET, classification_overrides={"default": ""})
    assert "DataClassification" not in tags.merged
    assert not contains(tags)


def test_misspelt_field(warnings_of: Problems) -> None:
    """A class for a field that the asset does not have is worth a warning."""
    rules = {"emial": "PII", "default": "PII"}
    (warning,) = warnings_of(code="unknown-field", asset=ASSET, classification_overrides=rules)
    assert '"emial"' in warning.message
    assert "email" in warning.hint


def test_odd_classes(tags_of: Build) -> None:
    """Classes with signs, or in another script, have a key that every cloud takes."""
    odd = {"compliance": {"classification": ["PCI/DSS", "個人", "pii", "PII"]}}
    for cloud in ("aws", "gcp", "azure"):
        tags = tags_of(cloud, asset=odd)
        keys = [key for key in tags.merged if key.lower().startswith("contains")]
        assert len(keys) == 3


def test_false_and_zero_are_values(tags_of: Build) -> None:
    """encryption_required: false and retention_days: 0 say something."""
    law = {"retention_days": 0, "security": {"encryption_required": False}}
    found = tags_of(asset={"compliance": law}).as_map()
    assert found["RetentionDays"] == "0"
    assert found["EncryptionRequired"] == "false"
