"""Draws the pictures of the report's page that docs show: ``python -m tests.page.pictures``.

They are of the report of this repository, so they change when its jobs do.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from generator.cli import main
from tests.page.visit import Visit, open_browser

TOP = Path(__file__).parents[2]
LINKS = "https://git.example/acme/jobs/blob/main/FILE#LLINE"
SIZE = {"width": 1280, "height": 760}
# Name, colours, what is looked at.
PICTURES: tuple[tuple[str, Any, str], ...] = (
    ("table", "light", "#tenant=acme&classes=PII&key="),
    ("charts", "light", "#view=charts"),
    ("picture", "light", "#view=picture"),
    ("gaps", "dark", "#view=gaps"),
    ("root", "dark", "#view=root&root=acme/stripe-customers/prod"),
)


def draw() -> None:
    """Write ``docs/report-NAME.png``, one a view."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        file = Path(folder) / "report.html"
        main(["report", "--project", str(TOP), "--output", str(file), "--links", LINKS])
        browser = open_browser(started)
        for name, scheme, view in PICTURES:
            visit = Visit(browser, Path(folder), viewport=SIZE, color_scheme=scheme)
            page = visit.go(file.as_uri(), view)
            page.wait_for_timeout(500)
            page.screenshot(path=TOP / "docs" / f"report-{name}.png")
            visit.context.close()
        browser.close()


if __name__ == "__main__":
    draw()
