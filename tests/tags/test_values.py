"""What people write as the value of a tag, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import Problem
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1.5, "1.5"),
        ("no", "no"),
        ("0123", "0123"),
        (["a", True, 3], "a+true+3"),
        (["a", None, ""], "a"),
        ('say "hi"', "say _hi_"),
        ("$${NAME}", "__NAME_"),
    ],
)
def test_scalars_and_lists(tags_of: Build, value: object, result: str) -> None:
    """Booleans are written in lower case, numbers in decimal, texts as they are, lists joined."""
    assert tags_of(tags={"Desk": value}).as_map()["Desk"] == result


@pytest.mark.parametrize("value", [{"a": "b"}, [["a"]], [{"a": "b"}], {}])
def test_mappings_are_refused(problems_of: Problems, value: object) -> None:
    """A mapping or a list inside a list is an error at its place."""
    (problem,) = problems_of(tags={"Desk": value})
    assert problem.code == "tag-type"
    assert problem.location is not None
    assert problem.location.path == ("infrastructure", "tags", "Desk")


def test_commas_make_lists_of_known_lists(tags_of: Build) -> None:
    """Earlier files joined lists with commas; where a tag is a list, they are split again."""
    found = tags_of(tags={"Compliance": "GDPR, SOC2,"}, finops={"business_tags": "a,b"})
    assert found.as_map()["Compliance"] == "GDPR+SOC2"
    assert found.as_map()["BusinessTags"] == "a+b"
    assert found.value_of("compliance") == "GDPR, SOC2"


def test_undefined_variables(problems_of: Problems) -> None:
    """A variable that nothing defines is an error in a tag, wherever the tag comes from."""
    problems = problems_of(
        tags={"Desk": "${NOPE}"},
        finops={"cost_center": "${COST}"},
        asset={"domain": "${DOMAIN}"},
        defaults=({"Floor": "${FLOOR}"},),
    )
    assert [problem.code for problem in problems] == ["undefined-variable"] * 4
    assert {problem.location.file for problem in problems if problem.location} == {
        "jobs/acme/stripe.yaml",
        "assets/stripe/v1.0/customers.yaml",
        "dativo.yaml",
    }


def test_a_dollar_stays_literal(tags_of: Build) -> None:
    """``$${NAME}`` is the text ``${NAME}``; Azure takes it as it is."""
    assert tags_of("azure", tags={"Desk": "$${NAME}"}).as_map()["Desk"] == "${NAME}"


SECRETS = [
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "-----BEGIN RSA PRIVATE KEY-----",
    "ghp_" + "a" * 36,
    "github_pat_" + "a" * 22,
    "glpat-" + "a" * 20,
    "xoxb-" + "1" * 12,
    "sk_live_" + "a" * 24,
    "AIza" + "a" * 35,
    "dapi" + "0" * 32,
    "postgres://user:hunter2@db/x",
    "user:hunter2@registry.example/etl:1",
    "user:hunter2@registry.example:5000/etl@sha256:" + "a" * 64,
    "DefaultEndpointsProtocol=https;AccountKey=" + "a" * 40,
    "eyJhbGciOiJI.eyJzdWIiOiIx.abc",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets(problems_of: Problems, secret: str) -> None:
    """What looks like a credential is an error, even overridden, and is not repeated."""
    for problems in (
        problems_of("azure", tags={"Desk": secret}),
        problems_of("azure", defaults=({"Desk": secret},), tags={"Desk": "1"}),
        problems_of("azure", asset={"domain": secret}, tags={"domain": "1"}),
        problems_of("azure", finops={"project": secret}, tags={"project": "1"}),
    ):
        (problem,) = problems
        assert problem.code == "tag-secret"
        assert secret not in problem.message + problem.hint
        assert problem.location is not None


@pytest.mark.parametrize(
    "value",
    [
        "AKIA",
        "ghost",
        "https://x.example/a@b",
        "a:b@c.example",
        "etl:1@sha256:0/",
        "mailto:a@b.example/",
        "role_based",
        "arn:aws:iam::1:role/x",
        "xoxo",
    ],
)
def test_what_is_no_secret(tags_of: Build, value: str) -> None:
    """Words that begin alike are left alone."""
    assert tags_of(tags={"Desk": value}).as_map()["Desk"] == value
