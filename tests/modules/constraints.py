"""Random type constraints, and values that fit them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from generator.modules.types import Type
from generator.yaml.scalars import PlainScalar

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True)
PRIMITIVES = st.sampled_from(["string", "number", "bool"]).map(Type)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
INTEGERS = st.integers(-(10**15), 10**15)


def types(leaves: st.SearchStrategy[Type] = PRIMITIVES) -> st.SearchStrategy[Type]:
    """Type constraints, nested a few levels deep."""
    return st.recursive(leaves, _collections, max_leaves=6)


def _collections(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    holders = st.tuples(st.sampled_from(["list", "set", "map"]), inner)
    return st.one_of(
        holders.map(lambda pair: Type(pair[0], item=pair[1])),
        st.lists(inner, max_size=3).map(lambda items: Type("tuple", items=tuple(items))),
        _objects(inner),
    )


@st.composite
def _objects(draw: st.DrawFn, inner: st.SearchStrategy[Type]) -> Type:
    attributes = draw(st.dictionaries(NAMES, inner, max_size=4))
    optional = draw(st.sets(st.sampled_from(sorted(attributes)))) if attributes else set()
    return Type("object", attributes=attributes, optional=frozenset(optional))


def values(kind: Type) -> st.SearchStrategy[Any]:
    """Values that fit a type, as a job file has them."""
    if kind.kind in _SCALARS:
        return _SCALARS[kind.kind]
    if kind.kind == "map":
        assert kind.item
        return st.dictionaries(NAMES, values(kind.item), max_size=3)
    if kind.kind in ("list", "set"):
        assert kind.item
        return st.lists(values(kind.item), max_size=3)
    if kind.kind == "tuple":
        return st.tuples(*map(values, kind.items)).map(list)
    return st.fixed_dictionaries(
        {name: values(held) for name, held in kind.attributes.items() if name not in kind.optional},
        optional={
            name: values(held) for name, held in kind.attributes.items() if name in kind.optional
        },
    )


_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.one_of(
        TEXT,
        INTEGERS,
        st.booleans(),
        st.sampled_from(["no", "0123", "1_000", "1.50"]).map(PlainScalar),
    ),
    "number": st.one_of(
        INTEGERS,
        INTEGERS.map(str),
        st.floats(-1e9, 1e9, width=32),
        st.sampled_from(["1.5", "-2", "1e3"]).map(PlainScalar),
    ),
    "bool": st.one_of(
        st.booleans(),
        st.sampled_from(["true", "false", "1", "0"]),
        st.sampled_from(["no", "ON", "Yes", "true", "FALSE"]).map(PlainScalar),
    ),
}
