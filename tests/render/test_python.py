"""Values as Python literals: they mean what they were, and lie as black lays them."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.python import assignments, to_python
from generator.text.characters import in_line
from tests.render.plans import TEXT

WORDS = TEXT | st.text(max_size=120)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=8,
)


@given(VALUES)
def test_a_literal_means_its_value(value: Any) -> None:
    """Read back, a literal is the value it was made of, on one line of visible text."""
    text = to_python(value)

    assert ast.literal_eval(text) == value
    assert len(text.splitlines()) == 1
    assert in_line(text) == text


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_constants_hold_nothing_else(values: list[Any]) -> None:
    """Whatever the values are, the text is their assignments and no other statement."""
    text = assignments([("A" + "B" * index, value) for index, value in enumerate(values)])

    statements = ast.parse(text).body
    assert len(statements) == len(values)
    for statement, value in zip(statements, values, strict=True):
        assert isinstance(statement, ast.Assign)
        assert ast.literal_eval(statement.value) == value


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_black_changes_nothing(values: list[Any]) -> None:
    """Constants lie as black lays them, whether black was asked or not."""
    text = assignments([("A" + "B" * index, value) for index, value in enumerate(values)]) + "\n"

    assert black.format_str(text, mode=black.Mode()) == text


def test_no_constant_has_such_a_name() -> None:
    """A name that is no constant's is a mistake of ours."""
    with pytest.raises(ValueError, match="not the name"):
        assignments([("import os", 1)])


def test_only_plain_data_has_a_literal() -> None:
    """A job has no fractions, and an object has no literal."""
    with pytest.raises(TypeError, match="float"):
        to_python(0.5)  # type: ignore[arg-type]


def test_black_is_imported_late() -> None:
    """Constants that fit their lines do not cost the time that black takes to import."""
    code = (
        "import sys; from generator.render.python import assignments as a;"
        "a([('A', 'text'), ('B', {'k': ['v']})]); assert 'black' not in sys.modules;"
        "a([('A', ['x' * 100])]); assert 'black' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
