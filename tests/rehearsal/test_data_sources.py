"""A data source answers what its provider computes; what it only takes stays as it was asked."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from generator.rehearsal import schema
from generator.rehearsal.cloud import Cloud, empty
from generator.rehearsal.data_sources import CARRIERS
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.schema import CompiledSchema

REPOSITORY = Path(__file__).parents[2]
TYPE = re.compile(r'"((?:aws|azurerm|databricks|google)_[a-z0-9_]+)"')
# Every type that a module or a root reads, or that dativo writes where a job names such a thing.
TEXTS = (
    *REPOSITORY.glob("modules/*/*.tf"),
    *REPOSITORY.glob("generated/*/*/*/data.tf"),
    *REPOSITORY.glob("generator/plan/existing/*.py"),
)
NAMED = {kind for path in TEXTS for kind in TYPE.findall(path.read_text(encoding="utf-8"))}
KINDS = sorted(
    kind for kind in NAMED if kind in schema.load(kind.partition("_")[0]).get("data", {})
)


def _config(block: schema.Block) -> dict[str, Any]:
    required = {
        name: "acme" if attribute["type"] == "string" else None
        for name, attribute in block["attributes"].items()
        if attribute.get("required")
    }
    return {**empty(block), **required}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_only_a_question_stays_as_it_was_asked(kind: str, mirror: Mirror) -> None:
    """By the provider's schema: an argument that is not computed has no value of the cloud's, even
    where the root expects one; what is computed is known.
    """
    name = kind.partition("_")[0]
    cloud = Cloud(name, CompiledSchema(name, os.path.join(mirror.folder, "compiled")))
    block = cloud.schema.block("data", kind)
    config = _config(block)
    expected = [[kind, {}, dict.fromkeys(block["attributes"], "expected")]]
    if name in CARRIERS:
        cloud.config = {CARRIERS[name]: json.dumps(expected)}
    found = cloud.read_data(kind, config)
    asked = {n for n, a in block["attributes"].items() if not a.get("computed")}
    assert {n: found[n] for n in asked} == {n: config[n] for n in asked}
    assert asked < block["attributes"].keys()


def test_the_data_sources_that_are_used_are_compared() -> None:
    """All clouds that have some."""
    clouds = {kind.partition("_")[0] for kind in KINDS}
    assert clouds == {"aws", "azurerm", "databricks", "google"}
    assert {"aws_vpc", "google_compute_subnetwork", "azurerm_subnet"} <= set(KINDS)
