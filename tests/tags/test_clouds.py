"""Whatever goes in, what comes out is a key or a value that the cloud takes, or an error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.concepts.styles import concept_of
from generator.errors import InputError, Problem
from generator.model.settings import TagSettings
from generator.tags.merge import build
from generator.tags.rules import TAG_RULES, fit_key, fit_value
from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]
Problems = Callable[..., list[Problem]]

GCP_KEY = re.compile(r"[a-z][a-z0-9_-]{0,62}")
GCP_VALUE = re.compile(r"[a-z0-9_-]{0,63}")
KUBERNETES = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
PREFIX = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/")
TEXT = st.text(min_size=1, max_size=400).filter(lambda text: not text.isspace())
STYLES = st.sampled_from(["pascal", "snake", "namespaced"])


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def aws_takes(text: str) -> bool:
    """The pattern of AWS: letters, separators, numbers and a few signs."""
    return all(c in "_.:/=+-@" or unicodedata.category(c)[0] in "LZN" for c in text)


def databricks_takes(on: str, text: str, key: bool) -> bool:
    """The rules of Databricks on each cloud, which it checks before the cloud does."""
    if on == "databricks_gcp":
        return bool(KUBERNETES.fullmatch(text)) and not (key and text.startswith("goog"))
    if on == "databricks_azure":
        controls = {chr(n) for n in (*range(32), *range(127, 160))}
        fits = all(ord(c) < 256 and c not in controls for c in text)
        fits = fits and len(text) <= (512 if key else 256)
        return fits and not (key and set(text) & set("<>*%&;\\/+?"))
    signs = set("_.:/=+-@ ")
    allowed = all((c.isascii() and c.isalnum()) or c in signs for c in text)
    return allowed and len(text) <= (127 if key else 255) and not text.lower().startswith("aws:")


def key_is_fine(cloud: str, key: str) -> bool:
    """The cloud's own rule for a key, written a second time and in another way."""
    if cloud.startswith("databricks"):
        return databricks_takes(cloud.removesuffix("_job"), key, key=True)
    if cloud == "gcp":
        return bool(GCP_KEY.fullmatch(key)) and not key.startswith("goog")
    if cloud == "kubernetes":
        return bool(KUBERNETES.fullmatch(PREFIX.sub("", key, count=1)))
    if cloud == "azure":
        return 0 < units(key) <= 128 and not set(key) & set("<>%&\\?/")
    return 0 < units(key) <= 128 and aws_takes(key) and not key.lower().startswith("aws:")


def value_is_fine(cloud: str, value: str) -> bool:
    """The cloud's own rule for a value."""
    if cloud.startswith("databricks"):
        return databricks_takes(cloud.removesuffix("_job"), value, key=False)
    if cloud == "gcp":
        return bool(GCP_VALUE.fullmatch(value))
    if cloud == "kubernetes":
        return bool(KUBERNETES.fullmatch(value))
    return units(value) <= 256 and (cloud == "azure" or aws_takes(value))


@given(st.sampled_from(sorted(TAG_RULES)), TEXT, STYLES, st.booleans())
def test_keys(cloud: str, key: str, style: str, shorten: bool) -> None:
    """A key without a fault is one that the cloud takes."""
    fitted = fit_key(cloud, concept_of(key) or key, style, "dativo", shorten)
    assert fitted.refusal or key_is_fine(cloud, fitted.text)


@given(st.sampled_from(sorted(TAG_RULES)), st.lists(TEXT, min_size=1, max_size=4), st.booleans())
def test_values(cloud: str, values: list[str], shorten: bool) -> None:
    """A value without a fault is one that the cloud takes, and it is never empty."""
    fitted = fit_value(cloud, tuple(values), shorten)
    assert fitted.refusal or (value_is_fine(cloud, fitted.text) and fitted.text)


@given(st.sampled_from(sorted(TAG_RULES)), TEXT, TEXT)
def test_overlong_values_stay_distinct(cloud: str, first: str, second: str) -> None:
    """Values that are shortened stay distinct, and the author is told."""
    assume(first != second)
    base = "a" * 300
    one, two = (fit_value(cloud, (base + text,), True) for text in (first, second))
    assert one.text != two.text
    assert one.note
    assert two.note


@given(TEXT, TEXT)
def test_overlong_keys_stay_distinct(first: str, second: str) -> None:
    """So do keys."""
    assume(first != second)
    keys = [
        fit_key("gcp", "a" * 90 + text, "pascal", "dativo", True).text for text in (first, second)
    ]
    assert keys[0] != keys[1]


@given(
    st.sampled_from(["aws", "gcp", "azure"]),
    st.dictionaries(TEXT, TEXT, max_size=6),
    STYLES,
)
def test_sets(load: Callable[..., object], cloud: str, tags: dict[str, str], style: str) -> None:
    """A set that is built holds only what the cloud takes, unique in lower case, and its layers
    merge to it; what cannot be built is an error with a place.
    """
    try:
        built = build(load(cloud, tags=tags), TagSettings(style=style))  # type: ignore[arg-type]
    except InputError as error:
        assert all(problem.location for problem in error.problems)
        return
    found = built.as_map()
    assert all(key_is_fine(cloud, key) for key in found)
    assert all(value_is_fine(cloud, value) for value in found.values())
    assert len({key.lower() for key in found}) == len(found)
    assert list(found) == sorted(found)
    merged: dict[str, str] = {}
    for layer in built.layers:
        merged |= {tag.key: tag.value for tag in layer.tags}
    assert merged == found


@given(st.permutations(["Desk", "team", "CostCenter", "project", "ContainsPHI", "compliance"]))
def test_order_of_the_file_does_not_matter(load: Callable[..., object], keys: list[str]) -> None:
    """The same tags in another order give the same set."""
    job = load("aws", tags={key: f"v-{key}" for key in keys}, asset={"domain": "x"})
    built = build(job, TagSettings())  # type: ignore[arg-type]
    again = load("aws", tags={key: f"v-{key}" for key in sorted(keys)}, asset={"domain": "x"})
    assert built.layers == build(again, TagSettings()).layers  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cloud", "value", "result"),
    [
        ("gcp", "data-team@company.com", "data-team_company_com"),
        ("gcp", "v1.5.0", "v1_5_0"),
        ("gcp", "Zürich", "zurich"),
        ("gcp", ["GDPR", "PCI-DSS"], "gdpr_pci-dss"),
        ("aws", ["GDPR", "PCI-DSS"], "GDPR+PCI-DSS"),
        ("azure", ["GDPR", "PCI-DSS"], "GDPR+PCI-DSS"),
        ("azure", "a & b, <c>", "a & b, <c>"),
        ("aws", "Zürich 東京", "Zürich 東京"),
        ("aws", "a, b; #1", "a_ b_ _1"),
    ],
)
def test_known_values(tags_of: Build, cloud: str, value: object, result: str) -> None:
    """What becomes of addresses, versions, accents, lists and signs."""
    assert list(tags_of(cloud, tags={"Desk": value}).as_map().values()).count(result) == 1


def test_a_changed_value_is_told(warnings_of: Problems) -> None:
    """AWS refuses commas: they are replaced, and a warning names what comes out."""
    (warning,) = warnings_of("aws", code="tag-value-changed", tags={"Desk": "one, two"})
    assert '"one_ two"' in warning.message
    assert warning.location is not None
    assert warning.location.path[-1] == "Desk"
    assert not warnings_of("aws", code="tag-value-changed", tags={"BusinessTags": "one, two"})


def test_a_value_without_letters_is_not_lost(tags_of: Build) -> None:
    """Google Cloud takes ASCII only: other scripts become a hash, so that they stay distinct."""
    found = tags_of("gcp", tags={"one": "東京", "two": "大阪"}).as_map()
    assert re.fullmatch("x[0-9a-f]{8}", found["one"])
    assert found["one"] != found["two"]


def test_overlong_is_shortened_or_refused(
    tags_of: Build, problems_of: Problems, warnings_of: Problems
) -> None:
    """A value beyond the limit gets a hash at its end and a warning, or is refused."""
    long = "x" * 300
    value = tags_of(tags={"Desk": long}).as_map()["Desk"]
    assert re.fullmatch("x{247}-[0-9a-f]{8}", value)
    (warning,) = warnings_of(code="tag-value-changed", tags={"Desk": long})
    assert "300 characters, AWS allows 256" in warning.message
    (problem,) = problems_of(settings={"overlong": "refuse"}, tags={"Desk": long})
    assert problem.code == "tag-value"
    (problem,) = problems_of(settings={"overlong": "refuse"}, tags={"d" * 129: "x"})
    assert problem.code == "tag-key"


@pytest.mark.parametrize(
    ("cloud", "key"),
    [
        ("aws", "aws:cost"),
        ("aws", "AWS:Cost"),
        ("aws", "a,b"),
        ("aws", ""),
        ("aws", "a\nb"),
        ("azure", "a/b"),
        ("azure", "microsoft.cost"),
        ("azure", "AzureTeam"),
        ("azure", "windowsVersion"),
        ("gcp", "goog-cost"),
        ("gcp", "  "),
    ],
)
def test_refused_keys(problems_of: Problems, cloud: str, key: str) -> None:
    """Reserved beginnings, empty keys, and signs that the cloud does not take."""
    (problem,) = problems_of(cloud, tags={key: "x"})
    assert problem.code == "tag-key"
    assert problem.location is not None
    assert problem.location.path[-1] == key


def test_reserved_value(problems_of: Problems) -> None:
    """AWS keeps "aws:" at the beginning of values to itself, too."""
    (problem,) = problems_of("aws", tags={"Desk": "aws:x"})
    assert problem.code == "tag-value"


def test_what_loses_need_not_fit(tags_of: Build) -> None:
    """A value that is overridden never reaches the cloud and may be overlong or odd."""
    tags = tags_of(
        settings={"overlong": "refuse"}, defaults=({"Desk": "x" * 300},), tags={"Desk": "1"}
    )
    assert tags.as_map()["Desk"] == "1"
    assert not [p for p in tags.warnings if p.code.startswith("tag-value")]


@pytest.mark.parametrize(("cloud", "most"), [("aws", 50), ("azure", 50), ("gcp", 63)])
def test_count(tags_of: Build, problems_of: Problems, cloud: str, most: int) -> None:
    """One tag too many is an error; Google's provider takes one of the 64 labels."""
    own = len(tags_of(cloud).merged)
    tags = {f"t{number}": "x" for number in range(most - own)}
    assert len(tags_of(cloud, tags=tags).merged) == most
    (problem,) = problems_of(cloud, tags={**tags, "more": "x"})
    assert problem.code == "tag-count"
    assert f"{most + 1}" in problem.message


def test_google_keys(tags_of: Build) -> None:
    """Known tags have one label key in the pascal and snake styles; the namespaced style keeps
    its namespace, with hyphens.
    """
    for style in ("pascal", "snake"):
        keys = tags_of("gcp", settings={"style": style}, finops={"environment": "prod"}).merged
        assert {"tenant_id", "finops_environment", "managed_by"} <= set(keys)
    keys = tags_of("gcp", settings={"style": "namespaced"}).merged
    assert {"dativo-tenant", "dativo-managed-by"} <= set(keys)
    assert "tag_1st" in tags_of("gcp", tags={"1st": "x"}).merged
