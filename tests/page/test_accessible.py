"""Whoever cannot see, or cannot use a mouse, reads a report too: axe-core finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.made import report
from tests.page.visit import Visit

pytestmark = [pytest.mark.deep, pytest.mark.packaging, pytest.mark.xdist_group("browser")]
VIEWS = ("table", "table&group=tenant&open=acme&classes=PII", "charts", "picture", "gaps", "root")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, packages: Path, scheme: Any) -> None:
    """In every view, with everything opened that opens, in light and in dark, wide and narrow."""
    axe = (packages / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    made = report(60)
    page = visit.open(made)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(axe)
    found = []
    for width, views in ((1440, VIEWS), (400, ("table", "charts"))):
        page.set_viewport_size({"width": width, "height": 900})
        for view in views:
            root = made["rows"][3]["address"]
            page.evaluate("hash => { location.hash = hash }", f"view={view}&root={root}")
            expect(page.get_by_role("main")).to_be_visible()
            page.wait_for_timeout(200)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            told = page.evaluate("tags => axe.run({runOnly: tags})", RULES)
            found += [
                (view, scheme, width, one["id"], one["nodes"][0]["html"][:200])
                for one in told["violations"]
            ]
    assert found == []
