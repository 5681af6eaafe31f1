"""Who wins when several layers speak of one tag."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]

ASSET = {"finops": {"cost_center": "ASSET"}}
LAYERS = ("defaults", "asset", "job", "infrastructure")


def everywhere(tags_of: Build, **more: object) -> TagSet:
    """A job whose cost center is set in all four layers, to the layer's name."""
    return tags_of(
        defaults=({"cost_center": "defaults"},),
        asset={"finops": {"cost_center": "asset"}},
        finops={"cost_center": "job"},
        tags={"CostCenter": "infrastructure"},
        **more,
    )


def test_default_order(tags_of: Build) -> None:
    """infrastructure.tags beat the job, the job its asset, the asset the defaults; and all that
    lost is told, weakest first.
    """
    tags = everywhere(tags_of)
    assert tags.as_map()["CostCenter"] == "infrastructure"
    assert [tag.value for tag in tags.overridden["CostCenter"]] == ["defaults", "asset", "job"]


@pytest.mark.parametrize("order", list(itertools.permutations(LAYERS)))
def test_configured_order(tags_of: Build, order: tuple[str, ...]) -> None:
    """tags.precedence orders the four layers at will: the last one named wins."""
    tags = everywhere(tags_of, settings={"precedence": order})
    assert tags.merged["CostCenter"].layer == order[-1]
    assert [tag.layer for tag in tags.overridden["CostCenter"]] == list(order[:-1])
    assert [layer.name for layer in tags.layers] == ["derived", *order, "identity"]


@pytest.mark.parametrize("order", [("asset", "job"), ("job", "job", "asset", "defaults")])
def test_incomplete_order(problems_of: Problems, order: tuple[str, ...]) -> None:
    """An order that leaves a layer out or names one twice says nothing clear: an error."""
    (problem,) = problems_of(settings={"precedence": order})
    assert problem.code == "tag-precedence"
    assert problem.location is not None
    assert problem.location.path == ("tags", "precedence")


def test_stronger_defaults_win(tags_of: Build) -> None:
    """Of several defaults the last one, which is the most particular, wins and stands alone in
    the map of the layer.
    """
    tags = tags_of(defaults=({"Desk": "one", "Floor": "1"}, {"Desk": "two"}))
    layer = next(layer for layer in tags.layers if layer.name == "defaults")
    assert [(tag.key, tag.value) for tag in layer.tags] == [("Desk", "two"), ("Floor", "1")]
    assert [tag.value for tag in tags.overridden["Desk"]] == ["one"]


def test_derived_never_overrules(tags_of: Build) -> None:
    """What follows from the infrastructure block gives way to whatever somebody wrote."""
    tags = tags_of(defaults=({"platform": "shared", "Region": "eu", "job_type": "reverse-etl"},))
    assert tags.as_map()["RuntimeType"] == "shared"
    assert tags.as_map()["Region"] == "eu"
    assert tags.as_map()["PipelineType"] == "reverse-etl"
    assert tags.as_map()["InfraProvider"] == "aws"


def test_derived_facts(tags_of: Build) -> None:
    """Provider, region, runtime, orchestrator, and the module that the job names."""
    block = {
        "orchestrator": {"type": "dagster"},
        "terraform": {
            "module": {"source": "git::https://x/tf.git//modules/emr?ref=v1", "version": "v1"}
        },
    }
    found = tags_of(infrastructure=block).as_map()
    expected = {
        "InfraProvider": "aws",
        "Region": "us-east-1",
        "RuntimeType": "ecs_fargate",
        "Orchestrator": "dagster",
        "TerraformModule": "emr",
        "InfraVersion": "v1",
        "PipelineType": "ingestion",
    }
    assert expected.items() <= found.items()
    assert "Orchestrator" not in tags_of().as_map()


def test_null_removes(tags_of: Build) -> None:
    """A null in infrastructure.tags takes the tag out of every layer's map, and is told."""
    tags = tags_of(asset=ASSET, defaults=({"cost_center": "D"},), tags={"CostCenter": None})
    assert "CostCenter" not in tags.merged
    assert "CostCenter" not in {tag.key for layer in tags.layers for tag in layer.tags}
    assert [tag.value for tag in tags.overridden["CostCenter"]] == ["D", "ASSET"]
    removal = tags.removed["CostCenter"]
    assert removal.values == ()
    assert removal.location is not None
    assert removal.location.path == ("infrastructure", "tags", "CostCenter")


def test_null_only_removes_what_is_weaker(tags_of: Build) -> None:
    """A null in the defaults takes away what weaker defaults said, not what the asset says."""
    tags = tags_of(
        defaults=({"cost_center": "D", "Desk": "1"}, {"cost_center": None, "Desk": None})
    )
    assert not {"CostCenter", "Desk"} & set(tags.merged)
    tags = tags_of(defaults=({"cost_center": "D"}, {"cost_center": None}), asset=ASSET)
    assert tags.as_map()["CostCenter"] == "ASSET"
    assert not tags.removed


def test_empty_values_make_no_tag(tags_of: Build) -> None:
    """Null, empty text and empty lists make no tag; in a tags mapping the user is told."""
    tags = tags_of(
        asset={"domain": "", "tags": [], "status": None, "compliance": {"regulations": []}},
        tags={"Desk": "", "Floors": []},
    )
    assert not {"Domain", "AssetTags", "Status", "Regulations", "Desk", "Floors"} & set(tags.merged)
    assert [p.code for p in tags.warnings].count("tag-empty") == 2


def test_governance_overrides(tags_of: Build) -> None:
    """Job governance beats the asset's; retention 0 is a value; an empty owner takes it away."""
    asset = {
        "team": {"owner": "data@acme.com"},
        "compliance": {"retention_days": 30},
        "change_management": {"approval_required": True},
    }
    rules = {"retention_days": 0, "owner": "", "approval_required": False}
    tags = tags_of(asset=asset, governance_overrides=rules)
    assert tags.as_map()["RetentionDays"] == "0"
    assert tags.as_map()["ApprovalRequired"] == "false"
    assert "Owner" not in tags.merged
    assert tags.removed["Owner"].layer == "job"
    kept = tags_of(asset=asset, governance_overrides=rules, tags={"Owner": "me"})
    assert kept.as_map()["Owner"] == "me"


def test_layer_maps_merge_to_the_result(tags_of: Build) -> None:
    """Merging the layers' maps in order, as Terraform's merge() does, gives the merged tags."""
    tags = everywhere(tags_of, classification_overrides={"default": "PII"})
    merged: dict[str, str] = {}
    for layer in tags.layers:
        merged |= {tag.key: tag.value for tag in layer.tags}
    assert merged == tags.as_map()


def test_provenance(tags_of: Build) -> None:
    """Every tag says the file and the keys it comes from, also in a nested asset file."""
    nested = {"asset": {"name": "customers", "governance": {"owner": "me", "cost_center": "C"}}}
    tags = tags_of(asset=nested, defaults=({"Desk": "1"},), tags={"team": "data"})
    locations = {key: tag.location for key, tag in tags.merged.items() if tag.location}
    assert locations["Owner"].path == ("asset", "governance", "owner")
    assert locations["CostCenter"].path == ("asset", "governance", "cost_center")
    assert locations["Owner"].file == "assets/stripe/v1.0/customers.yaml"
    assert locations["Desk"].path == ("defaults", "0", "tags", "Desk")
    assert locations["Team"].path == ("infrastructure", "tags", "team")
    assert tags.merged["ManagedBy"].location is None
    files = {layer.name: layer.files for layer in tags.layers}
    assert files["infrastructure"] == ("jobs/acme/stripe.yaml",)
    assert files["defaults"] == ("dativo.yaml",)


def test_an_asset_shared_by_jobs(load: Callable[..., object]) -> None:
    """Tags of an asset are remembered, but never mixed up between clouds or assets."""
    from generator.model.settings import TagSettings
    from generator.tags.merge import build

    first = load("aws", asset={"domain": "Sales & More"})
    for _ in range(2):
        tags = build(first, TagSettings())  # type: ignore[arg-type]
        assert tags.as_map()["Domain"] == "Sales _ More"
        assert [p.code for p in tags.warnings].count("tag-value-changed") == 1
    snake = build(first, TagSettings(style="snake"))  # type: ignore[arg-type]
    assert snake.as_map()["domain"] == "Sales _ More"
