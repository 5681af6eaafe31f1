"""Tenant, environment and job name cannot be said otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("TenantId", "globex"),
        ("Tenant", "globex"),
        ("dativo:tenant", "Acme"),
        ("environment", "dev"),
        ("Environment", "staging"),
        ("job_name", "other"),
        ("job-name", None),
        ("tenant_id", ["acme", "globex"]),
    ],
)
def test_another_value_is_an_error(problems_of: Problems, key: str, value: object) -> None:
    """In the job's tags and in the defaults, in any spelling; a null as well."""
    for where in ({"tags": {key: value}}, {"defaults": ({key: value},)}):
        (problem,) = problems_of(**where)
        assert problem.code == "tag-identity"
        assert key in problem.message
        assert problem.location is not None
        assert problem.location.path[-1] == key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Tenant", "acme"),
        ("Environment", "prod"),
        ("Environment", "production"),
        ("Environment", "Prod"),
        ("JobName", "stripe-customers"),
        ("managed_by", "dativo"),
    ],
)
def test_the_same_value_is_fine(tags_of: Build, key: str, value: str) -> None:
    """Said twice is said once; the job's own spelling of the value stands."""
    found = tags_of(tags={key: value}).as_map()
    expected = {
        "TenantId": "acme",
        "Environment": "prod",
        "JobName": "stripe-customers",
        "ManagedBy": "dativo",
    }
    assert expected.items() <= found.items()
    assert key in expected or key not in found


@pytest.mark.parametrize(
    ("own", "said"), [("development", "dev"), ("dev", "development"), ("staging", "stage")]
)
def test_names_of_stages(tags_of: Build, own: str, said: str) -> None:
    """Production and prod, development and dev, stage and staging are one stage."""
    assert tags_of(environment=own, tags={"Environment": said}).as_map()["Environment"] == own


def test_managed_by_is_a_default(tags_of: Build) -> None:
    """Whoever writes another manager gets that, in any layer and spelling; null takes it away."""
    for where in (
        {"tags": {"managed-by": "terraform"}},
        {"defaults": ({"ManagedBy": "terraform"},)},
    ):
        assert tags_of(**where).as_map()["ManagedBy"] == "terraform"
    assert "ManagedBy" not in tags_of(tags={"ManagedBy": None}).as_map()


def test_identity_cannot_be_outranked(tags_of: Build) -> None:
    """The identity stands above all layers, however these are ordered."""
    order = ("infrastructure", "job", "asset", "defaults")
    tags = tags_of(settings={"precedence": order}, defaults=({"env": "x", "Tenant": "acme"},))
    assert tags.merged["TenantId"].layer == "identity"
    assert [tag.layer for tag in tags.overridden["TenantId"]] == ["defaults"]


def test_the_asset_may_belong_to_somebody_else(tags_of: Build) -> None:
    """An asset's tenant is a fact of the asset, not a claim about the root."""
    assert tags_of(asset={"name": "x", "tenant": "globex"}).as_map()["TenantId"] == "acme"


def test_finops_environment(tags_of: Build, warnings_of: Problems) -> None:
    """The accounts' word for the stage is a tag of its own; if the job's own word means another
    stage, that is worth a warning. An asset is shared by stages and cannot contradict.
    """
    tags = tags_of(finops={"environment": "production"})
    assert tags.as_map()["FinOpsEnvironment"] == "production"
    assert not [p for p in tags.warnings if p.code == "tag-environment"]
    (warning,) = warnings_of(code="tag-environment", finops={"environment": "staging"})
    assert '"staging"' in warning.message
    assert '"prod"' in warning.message
    shared = {"finops": {"environment": "staging"}}
    assert not warnings_of(code="tag-environment", asset=shared)


def test_all_problems_at_once(problems_of: Problems) -> None:
    """A run tells everything that is wrong, not the first thing."""
    problems = problems_of(
        tags={"Tenant": "x", "aws:y": "1", "Desk": {"a": "b"}, "z": "AKIAABCDEFGHIJKLMNOP"}
    )
    codes = [problem.code for problem in problems]
    assert sorted(codes) == ["tag-identity", "tag-key", "tag-secret", "tag-type"]
