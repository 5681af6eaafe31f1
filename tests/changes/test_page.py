"""What docs/changes.md shows is what the commands print."""

from __future__ import annotations

import re

import pytest

from generator.changes.model import KINDS, WITHOUT_PLAN
from tests.changes.conftest import Compared
from tests.docs.examples import ROOT, example

PAGE = "docs/changes.md"
COMMIT = re.compile(r"\b[0-9a-f]{12}\b")


def _owner(compared: Compared) -> None:
    compared.edit("dativo.yaml", "owner: data", "owner: platform")
    compared.generate()


def _branch(compared: Compared) -> None:
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.git("mv", "jobs/events.yaml", "jobs/clicks.yaml")
    compared.edit("jobs/clicks.yaml", "name: events", "name: clicks")
    compared.edit(
        "modules/gcp-cloud-run-job/main.tf", "resource ", "locals {\n  a = 1\n}\n\nresource "
    )
    compared.generate()


def _memory(compared: Compared) -> None:
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")


EXAMPLES = {
    "diff of a tag": (_owner, ("diff",)),
    "changed": (_branch, ("changed",)),
    "diff": (_branch, ("diff",)),
    "markdown": (_owner, ("diff", "--format", "markdown")),
    "dry run": (_memory, ("generate", "--dry-run")),
}


def shown(compared: Compared, name: str) -> str:
    """What an example's command prints; every commit is called the same."""
    make, command = EXAMPLES[name]
    make(compared)
    text = COMMIT.sub("1f2e3d4c5b6a", compared.run(*command).out)
    # Of a dry run the page shows one file.
    return text[: text.index("diff --git", 1)] if name == "dry run" else text


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_shows_what_is_printed(compared: Compared, name: str) -> None:
    """Each example, to the letter but for the names of commits."""
    assert shown(compared, name) == example(PAGE, name)


def test_the_page_knows_every_kind() -> None:
    """The table of kinds is that of the code, with what needs a plan."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (yes|no) \|", (ROOT / PAGE).read_text(), re.MULTILINE)
    assert rows == [(kind, "no" if kind in WITHOUT_PLAN else "yes") for kind in KINDS]
