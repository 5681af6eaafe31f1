"""Properties of loading over all inputs."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.text.characters import composed
from generator.yaml.load import load_yaml
from generator.yaml.scalars import PlainScalar, typed

BITS = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "{", "}", "[", "]", ", ", ": ", "'", '"', "#", "&a ", "*a", "<<"]
    + [
        "|\n",
        ">\n",
        "? ",
        "!!str ",
        "!x ",
        "---\n",
        "...\n",
        "\t",
        "\r\n",
        "no",
        "0123",
        "~",
        "1.5",
    ]
    + ["\ufeff", "\x85", "\u2028", "\0", "é", "%", "@", "=", "null", "12:30", "\\", "\\x00"]
)
LIKE_YAML = st.lists(BITS, max_size=30).map("".join)
# PyYAML leaves these unquoted as text: YAML 1.1 wants a point and a signed exponent.
NUMBER_IN_1_2 = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))).filter(
        lambda text: not NUMBER_IN_1_2.fullmatch(text)
    ),
    st.sampled_from(["no", "on", "0123", "1_000", "12:30:45", "2024-01-31", "=", "<<", "~"]),
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text("abcno10~=<", min_size=1, max_size=6), inner, max_size=4),
    max_leaves=12,
)
CORE_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+][0-9]+)?)?")
NULLS = ("", "~", "null", "Null", "NULL", None)
SEEMS_TYPED_IN_1_1 = (bool, int, float)


@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_an_input_error(data: bytes) -> None:
    """No file makes the loader fail in another way than telling what is wrong with it."""
    _load_or_none(data)


@given(st.one_of(LIKE_YAML, st.text(max_size=100)))
@settings(max_examples=400)
def test_any_text_loads_as_the_base_loader_reads_it(text: str) -> None:
    """What loads is what PyYAML reads without resolving types, but for nulls and merge keys."""
    data = composed(text).encode("utf-8", "surrogatepass")
    found = _load_or_none(data)
    if found is not None and "<<" not in text and "!!" not in text:
        base = _base(data.decode())
        assert _same_text(found, base)


@given(DOCUMENTS)
@settings(max_examples=300)
def test_what_pyyaml_wrote_is_read_back(document: Any) -> None:
    """Plain data that PyYAML wrote comes back as it was, once unquoted scalars are resolved."""
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True)
    assert _equal(typed(load_yaml(text.encode(), "x.yaml")), document)


@given(st.one_of(LIKE_YAML, st.from_regex(r"[-+.0-9:_eExXtrufalsnoy~ ]{1,8}", fullmatch=True)))
@settings(max_examples=400)
def test_resolving_differs_from_pyyaml_in_yaml_1_1_only(text: str) -> None:
    """Resolved values equal PyYAML's, but for what YAML 1.1 types and YAML 1.2 does not."""
    found = _load_or_none(f"- {text}".encode("utf-8", "surrogatepass"))
    try:
        theirs = yaml.load(f"- {text}", Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
        return
    if not (isinstance(found, list) and len(found) == 1 and isinstance(theirs, list)):
        return
    mine, other = typed(found[0]), theirs[0]
    if isinstance(mine, str | bool | int | float) and type(mine) is type(other):
        assert mine == other or (
            type(found[0]) is PlainScalar and not CORE_NUMBER.fullmatch(found[0])
        )
    elif isinstance(found[0], PlainScalar):
        assert not (CORE_NUMBER.fullmatch(found[0]) and isinstance(other, SEEMS_TYPED_IN_1_1))
        assert isinstance(mine, str | float)
    elif isinstance(found[0], str):
        assert mine == found[0]


def _base(text: str) -> Any:
    loader = yaml.CBaseLoader(text.removeprefix("\ufeff"))
    return loader.get_single_data()


def _load_or_none(data: bytes) -> Any:
    try:
        return load_yaml(data, "x.yaml")
    except InputError as error:
        for problem in error.problems:
            assert problem.location is not None
            assert problem.location.line is None or problem.location.line >= 1
            assert problem.location.column is None or problem.location.column >= 1
        return None


def _same_text(found: Any, base: Any) -> bool:
    if isinstance(found, dict):
        pairs = zip(found.items(), base.items(), strict=True)
        return all(
            (k == b or (k == "null" and b in NULLS)) and _same_text(v, w)
            for (k, v), (b, w) in pairs
        )
    if isinstance(found, list):
        return len(base) == len(found) and all(map(_same_text, found, base))
    return base in NULLS if found is None else bool(found == base)


def _equal(found: Any, document: Any) -> bool:
    if isinstance(document, dict):
        return (
            isinstance(found, dict)
            and found.keys() == document.keys()
            and all(_equal(found[key], document[key]) for key in document)
        )
    if isinstance(document, list):
        return (
            isinstance(found, list)
            and len(found) == len(document)
            and all(map(_equal, found, document))
        )
    if isinstance(document, float):
        return isinstance(found, float) and math.isclose(found, document, rel_tol=1e-15)
    if isinstance(document, str):  # as Terraform has every string
        return isinstance(found, str) and found == composed(document)
    return type(found) is type(document) and found == document
