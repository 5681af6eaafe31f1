"""Every spelling of a known tag is that tag; every other key is the user's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.concepts.styles import concept_of, fold, key_in_style
from generator.concepts.table import CONCEPTS, GROUPS
from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]

COST_CENTER = [
    "cost_center",
    "CostCenter",
    "cost-center",
    "costcenter",
    "dativo:cost-center",
    "Costcenter",
    "FinOps_cost_center",
    "finops_cost_center",
    "infra_cost_center",
    "infrastructure.cost_center",
    "COST_CENTER",
    "finops.cost_center",
]


def test_the_table() -> None:
    """At least 35 tags in six groups, each with a source or a reason, none of them volatile."""
    assert len(CONCEPTS) >= 35
    assert {concept.group for concept in CONCEPTS.values()} == set(GROUPS)
    for name, concept in CONCEPTS.items():
        assert re.fullmatch("[a-z]+(_[a-z]+)*", name)
        assert concept.text
        assert not {"time", "date", "created", "modified", "commit", "sha"} & set(name.split("_"))


def test_no_spelling_is_claimed_twice() -> None:
    """What the table says outright about a spelling, it says of one concept only."""
    claimed: dict[str, str] = {}
    for concept in CONCEPTS.values():
        for spelling in {fold(s) for s in (concept.name, concept.pascal, *concept.former) if s}:
            assert claimed.setdefault(spelling, concept.name) == concept.name


@pytest.mark.parametrize("style", ["pascal", "snake", "namespaced"])
@pytest.mark.parametrize("namespace", ["dativo", "acme"])
def test_keys_are_read_back(style: str, namespace: str) -> None:
    """The key of a concept in any style is a spelling of it, and no two concepts share a key."""
    keys = {name: key_in_style(name, style, namespace) for name in (*CONCEPTS, "contains_pii")}
    assert {concept_of(key, namespace) for key in keys.values()} == set(keys)
    assert {name: concept_of(key, namespace) for name, key in keys.items()} == {n: n for n in keys}
    assert len({key.lower() for key in keys.values()}) == len(keys)


@pytest.mark.parametrize("spelling", COST_CENTER)
def test_one_concept_many_spellings(tags_of: Build, spelling: str) -> None:
    """Twelve spellings of the cost center are one tag, and it gets the key of the style."""
    tags = tags_of(finops={"cost_center": "JOB"}, tags={spelling: "MINE"})
    assert tags.as_map()["CostCenter"] == "MINE"
    assert spelling == "CostCenter" or spelling not in tags.merged


@pytest.mark.parametrize(
    ("spelling", "concept"),
    [
        ("Tenant", "tenant_id"),
        ("dativo:tenant", "tenant_id"),
        ("dativo-tenant", "tenant_id"),
        ("DativoEnvironment", "environment"),
        ("dativo:job", "job_name"),
        ("FinOpsEnvironment", "finops_environment"),
        ("finops_environment", "finops_environment"),
        ("Governance_retention_days", "retention_days"),
        ("classification.default", "data_classification"),
        ("dativo:classification", "data_classification"),
        ("governance_owner", "owner"),
        ("Regulation", "regulations"),
        ("Platform", "runtime_type"),
        ("dativo_runtime", "runtime_type"),
        ("dativo:provider", "infra_provider"),
        ("ContainsFINANCIAL", "contains_financial"),
        ("ContainsPII", "contains_pii"),
        ("dativo:contains-pii", "contains_pii"),
        ("job_type", "pipeline_type"),
        ("Provider", None),
        ("Runtime", None),
        ("Job", None),
        ("map-migrated", None),
        ("finops_unheard_of", None),
        ("acme:cost-center", None),
    ],
)
def test_former_spellings(spelling: str, concept: str | None) -> None:
    """Former spellings are known; a prefix is cut for known tags only."""
    assert concept_of(spelling) == concept


def test_styles(tags_of: Build) -> None:
    """The three styles, with the names that the namespaced style shortens."""
    contract = {"compliance": {"classification": ["PII", "NON_SENSITIVE"]}}

    def keys(**settings: str) -> set[str]:
        finops = {"cost_center": "C", "environment": "prod"}
        return set(tags_of(settings=settings, finops=finops, asset=contract).merged)

    assert keys() >= {"TenantId", "JobName", "CostCenter", "FinOpsEnvironment"}
    assert keys() >= {"ContainsPII", "ContainsNonSensitive"}
    assert keys(style="snake") >= {"tenant_id", "job_name", "cost_center", "contains_pii"}
    assert keys(style="namespaced") >= {
        "dativo:tenant",
        "dativo:job",
        "dativo:environment",
        "dativo:managed-by",
        "dativo:cost-center",
        "dativo:classification",
        "dativo:provider",
        "dativo:runtime",
    }
    assert keys(style="namespaced", namespace="acme") >= {"acme:tenant", "acme:cost-center"}


def test_other_keys_stay(tags_of: Build) -> None:
    """A style does not touch keys of the user's own on AWS and Azure."""
    own = {"map-migrated": "m1", "SharedInfrastructure": "true"}
    for cloud in ("aws", "azure"):
        assert own.items() <= tags_of(cloud, settings={"style": "snake"}, tags=own).as_map().items()
    assert tags_of("aws", tags={"kubernetes.io/x": "1"}).as_map()["kubernetes.io/x"] == "1"
    found = tags_of("gcp", tags={**own, "kubernetes.io/x": "1"}).as_map()
    expected = {"map-migrated": "m1", "shared_infrastructure": "true", "kubernetes_io_x": "1"}
    assert expected.items() <= found.items()


def test_two_spellings_in_one_place(tags_of: Build, problems_of: Problems) -> None:
    """Two spellings of a tag in one mapping need one value; else both places are named."""
    (problem,) = problems_of(tags={"CostCenter": "A", "cost_center": "B"})
    assert problem.code == "tag-conflict"
    assert problem.location is not None
    assert problem.location.path[-1] == "cost_center"
    assert "infrastructure.tags.CostCenter" in problem.message
    assert tags_of(tags={"CostCenter": "A", "cost_center": "A"}).as_map()["CostCenter"] == "A"
    (problem,) = problems_of(defaults=({"Team": "a", "team": "b"},))
    assert "dativo.yaml" in problem.message


def test_two_spellings_across_environments(tags_of: Build) -> None:
    """What an environment of the job file writes beats what it is merged over, also in another
    spelling, whichever comes first.
    """
    tags = tags_of(tags={"CostCenter": "A"}, overlay={"cost_center": "B"})
    assert tags.as_map()["CostCenter"] == "B"
    location = tags.merged["CostCenter"].location
    assert location is not None
    assert location.path[:2] == ("environments", "prod")


@pytest.mark.parametrize(
    ("cloud", "defaults", "tags"),
    [
        ("aws", {"Desk": "1"}, {"desk": "2"}),
        ("azure", {}, {"Desk": "1", "DESK": "1"}),
        ("gcp", {"SharedDesk": "1"}, {"shared_desk": "1"}),
        ("gcp", {}, {"shared desk": "1", "SharedDesk": "2"}),
    ],
)
def test_keys_that_become_one(
    problems_of: Problems, cloud: str, defaults: dict[str, str], tags: dict[str, str]
) -> None:
    """Two keys that are one after lower-casing or translation are an error naming both."""
    (problem,) = problems_of(cloud, defaults=(defaults,), tags=tags)
    assert problem.code == "tag-collision"
    for key in {**defaults, **tags}:
        assert f'"{key}"' in problem.message
    assert problem.location is not None


@given(st.text(max_size=40))
def test_folding_is_stable(key: str) -> None:
    """Folding what is folded changes nothing, whatever the key."""
    assert fold(fold(key)) == fold(key)
