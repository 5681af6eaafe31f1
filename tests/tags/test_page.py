"""docs/tags.md tells what the program does."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from generator.concepts.table import CONCEPTS
from generator.model.asset import Asset
from generator.model.job import Job
from generator.tags.layers import order
from generator.tags.tag_set import TagSet

ASSET_KEYS = {field.alias or name for name, field in Asset.model_fields.items()}
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def page() -> str:
    """The page as it stands."""
    with open(os.path.join(ROOT, "docs", "tags.md"), encoding="utf-8") as stream:
        return stream.read()


def test_the_example(tags_of: Callable[..., TagSet]) -> None:
    """The example at the top gives the tags that the page says."""
    tags = tags_of(
        name="stripe",
        finops={"cost_center": "HR-001"},
        tags={"team": "data-engineering"},
        asset={
            "team": {"owner": "data-team@acme.com"},
            "compliance": {"classification": ["PII"], "retention_days": 365},
            "finops": {"cost_center": "FIN-001", "project": "data-platform"},
        },
    )
    table = page().partition("| tag | value | from |")[2].partition("##")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| `")]
    said = {
        key: value
        for keys, values in rows
        for key, value in zip(re.findall("`(.*?)`", keys), values.strip().split(", "), strict=True)
    }
    assert len(said) == 9
    assert said.items() <= tags.as_map().items()
    assert tags.overridden["CostCenter"][0].value == "FIN-001"


def test_layers_are_listed_in_order() -> None:
    """The table of layers has every layer, weakest first."""
    table = page().partition("| | layer | holds |")[2].partition("\n\n")[0]
    listed = [row.split("|")[2].strip() for row in table.splitlines()[2:]]
    assert tuple(listed) == order(("defaults", "asset", "job", "infrastructure"))


def test_sources_exist() -> None:
    """Every place that a tag is said to come from is one that the models have."""
    for concept in CONCEPTS.values():
        for source in concept.sources:
            start, _, path = source.partition(" ")
            first = path.split(".")[0].partition("[")[0]
            if start == "job":
                assert first in Job.model_fields
            elif start == "asset":
                assert first in ASSET_KEYS
