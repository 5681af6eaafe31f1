"""Tags that must be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]


def required(**rules: Mapping[str, object] | None) -> dict[str, object]:
    """Settings with required tags."""
    return {"required": rules}


def test_customary_tags(tags_of: Build) -> None:
    """Without settings, a missing cost center, or neither owner nor team, is a warning."""
    missing = [p for p in tags_of().warnings if p.code == "tag-missing"]
    assert len(missing) == 2
    assert all(p.location is not None and p.location.file.endswith("stripe.yaml") for p in missing)
    for who in ({"tags": {"team": "x"}}, {"asset": {"team": {"owner": "x"}}}):
        warnings = tags_of(finops={"cost_center": "C"}, **who).warnings
        assert "tag-missing" not in {p.code for p in warnings}


def test_nothing_is_asked(tags_of: Build) -> None:
    """An empty list of required tags asks for nothing."""
    assert not tags_of(settings=required()).warnings


@pytest.mark.parametrize("key", ["CostCenter", "cost_center", "dativo:cost-center", "Desk"])
def test_missing(problems_of: Problems, tags_of: Build, key: str) -> None:
    """A required tag that is missing is an error, in whatever spelling it is required."""
    (problem,) = problems_of(settings=required(**{key: None}))
    assert problem.code == "tag-required"
    assert problem.location is not None
    spelled = {"Desk": "1", "costcenter": "C"}
    assert tags_of(settings=required(**{key: None}), tags=spelled).merged


def test_taken_away(problems_of: Problems) -> None:
    """A required tag that a null takes away is an error at the null."""
    (problem,) = problems_of(
        settings=required(owner=None), asset={"team": {"owner": "x"}}, tags={"Owner": None}
    )
    assert problem.location is not None
    assert problem.location.path == ("infrastructure", "tags", "Owner")


def test_allowed_values(tags_of: Build, problems_of: Problems) -> None:
    """Every item of a tag is one of the allowed values, as written in the file."""
    rule = required(regulations={"allowed": ["GDPR", "SOX"]})
    law = {"compliance": {"regulations": ["SOX", "gdpr"]}}
    (problem,) = problems_of(settings=rule, asset=law)
    assert problem.code == "tag-not-allowed"
    assert problem.location is not None
    assert problem.location.path == ("compliance", "regulations")
    assert "GDPR" in problem.hint
    assert tags_of(settings=rule, asset={"compliance": {"regulations": ["SOX"]}}).merged


def test_patterns(tags_of: Build, problems_of: Problems) -> None:
    """A pattern matches the whole value."""
    rule = required(cost_center={"pattern": "[A-Z]+-[0-9]{3}"})
    assert tags_of(settings=rule, finops={"cost_center": "FIN-001"}).merged
    for value in ("FIN-0011", "xFIN-001", "FIN-001\n"):
        (problem,) = problems_of("azure", settings=rule, finops={"cost_center": value})
        assert problem.code == "tag-pattern"


@pytest.mark.parametrize("pattern", ["(", "a" * 501, "(?P<x"])
def test_bad_patterns(problems_of: Problems, pattern: str) -> None:
    """A pattern that is none, or is too long, is an error in dativo.yaml."""
    rule = required(Desk={"pattern": pattern})
    (problem,) = problems_of(settings=rule, tags={"Desk": "1"})
    assert problem.location is not None
    assert problem.location.file == "dativo.yaml"
    assert problem.location.path == ("tags", "required", "Desk", "pattern")
