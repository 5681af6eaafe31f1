"""Measures the report's page by its number of roots: ``python -m tests.page.measure [ROOTS ...]``.

Prints the table of docs/report.md. Chromium says how long it takes from the start of the navigation
until the first rows are drawn and a click would be answered, and how much of that is work of the
page's thread: the latter is much the same on a machine that has other work.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from generator.page.page import page as html_of
from tests.page.made import report
from tests.page.visit import Visit, open_browser

ROUNDS = 3
_CLICK = """async () => {
    const found = [...document.querySelectorAll("[aria-labelledby=facet-tenant] button")];
    const before = performance.now();
    found[0].click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - before;
}"""


class Round(NamedTuple):
    """Milliseconds until the page can be used, of its thread until then, and of one choice."""

    ready: float
    thread: float
    click: float


def measured(browser: Browser, roots: int, folder: Path) -> str:
    """A line of the table."""
    made = report(roots)
    html = html_of(made["rows"], made["gaps"])
    file = folder / f"{roots}.html"
    file.write_text(html, encoding="ascii")
    rounds = [_round(browser, file) for _ in range(ROUNDS)]
    ready, thread, click = (statistics.median(each) for each in zip(*rounds, strict=True))
    small = len(gzip.compress(html.encode("ascii"), mtime=0))
    return (
        f"| {roots:,} | {len(html) / 1e6:.1f} MB | {small / 1e6:.1f} MB "
        f"| {ready:,.0f} ms | {thread:,.0f} ms | {click:,.0f} ms |"
    )


def _round(browser: Browser, file: Path) -> Round:
    visit = Visit(browser, file.parent, viewport={"width": 1440, "height": 900})
    told = visit.context.new_cdp_session(visit.page)
    told.send("Performance.enable", {"timeDomain": "threadTicks"})
    page = visit.go(file.as_uri())
    page.wait_for_function("performance.getEntriesByName('usable').length")
    ready = page.evaluate("performance.getEntriesByName('usable')[0].startTime")
    metrics = {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}
    click = page.evaluate(_CLICK)
    visit.context.close()
    return Round(ready, 1000 * metrics["TaskDuration"], click)


def measure(sizes: list[int]) -> None:
    """Print the table."""
    tell = sys.stdout.write
    tell("| roots | size | compressed | usable after | of that, work | a choice |\n")
    tell("|---|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = open_browser(started)
        for roots in sizes:
            tell(f"{measured(browser, roots, Path(folder))}\n")
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    measure([int(each) for each in sys.argv[1:]] or [25, 1000, 10000])
