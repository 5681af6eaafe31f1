"""Regular expressions that are compiled late are right all the same."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import generator
from generator.text.patterns import _Lazy, lazy

LATE = [
    (module.name, name)
    for module in pkgutil.walk_packages(generator.__path__, "generator.")
    if not module.name.startswith(("generator.rehearsal", "generator.__main__"))
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, _Lazy)
]


@pytest.mark.parametrize(("module", "name"), LATE)
def test_compiles(module: str, name: str) -> None:
    """Every one of them compiles: a slip is found here, not by the first job that needs it."""
    vars(importlib.import_module(module))[name].fullmatch("")


def test_shapes_compile() -> None:
    """Nor is there a slip in the shapes of single values."""
    from generator.plan.runtimes import shapes

    of_accounts = [shape for some in shapes.ACCOUNT.values() for shape in some]
    for shape in (*of_accounts, *shapes.SECRETS.values()):
        shape.pattern.fullmatch("")


def test_like_compiled() -> None:
    """It answers as a compiled pattern does, again and again, and takes flags."""
    import re

    pattern = lazy("a+", re.IGNORECASE)

    assert [pattern.sub("-", "xAaAx"), pattern.sub("-", "aa")] == ["x-x", "-"]
    assert pattern.pattern == "a+"
    with pytest.raises(re.error):
        lazy("(").search("")
