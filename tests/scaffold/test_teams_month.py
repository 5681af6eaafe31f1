"""docs/a-teams-month.md, played from top to bottom in a repository as the template lays it down."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scaffold.conftest import Shell

PAGE = Path(__file__).parent.parent.parent / "docs" / "a-teams-month.md"
_BLOCKS = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.deep
def test_the_page_is_what_happens(repository: Callable[..., Shell]) -> None:
    """Each command succeeds, and says the lines below it, in their order."""
    shell = repository()
    said = ""
    for kind, text in _BLOCKS.findall(PAGE.read_text("utf-8")):
        if kind == "sh":
            said = shell.run("sh", "-ec", text)
            continue
        rest = said
        for line in text.splitlines():
            assert line in rest, f"{line}\n--- is not in\n{rest}"
            rest = rest[rest.index(line) + len(line) :]

    assert shell.git("status", "--short") == ""
