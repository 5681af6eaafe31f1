"""A browser, and a visit to a report that notes everything that must never be."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from generator.page.page import BESIDE, page
from tests.page.made import Report

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a machine may have other things to do.
_PATIENCE = 120_000
# Told by the page itself: what its policy stopped.
_WATCH = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.stopped.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


def open_browser(started: Playwright) -> Browser:
    """Chromium from PATH, or a skipped test."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(f"needs a browser on PATH: {', '.join(PROGRAMS)}")
    expect.set_options(timeout=_PATIENCE)
    return started.chromium.launch(executable_path=program, args=ARGUMENTS, timeout=_PATIENCE)


class Visit:
    """A report as somebody sees it, and what went on while they looked.

    Attributes:
        page: of Playwright.
        unwanted: dialogs, errors and warnings in the console, and requests.
    """

    def __init__(self, browser: Browser, folder: Path, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.unwanted: list[str] = []
        self._folder = folder
        self._own = ""
        self.page.set_default_timeout(_PATIENCE)
        self.page.add_init_script(_WATCH)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.unwanted.append(f"error: {error}"))
        self.page.on("console", lambda told: self.unwanted.append(f"{told.type}: {told.text}"))
        self.page.on("request", lambda asked: self._request(asked.url))
        self.page.on("popup", lambda opened: self.unwanted.append(f"window: {opened.url}"))

    def open(self, report: Report, view: str = "", links: str = BESIDE) -> Page:
        """Write a report and open it from disk."""
        file = self._folder / "report.html"
        file.write_text(page(report["rows"], report["gaps"], links), encoding="ascii")
        return self.go(file.as_uri(), view)

    def go(self, address: str, view: str = "") -> Page:
        """Open what is there already."""
        self._own = address
        self.page.goto(f"{address}{view}")
        self.page.get_by_role("navigation").wait_for()
        return self.page

    def told(self) -> list[str]:
        """All that must not be."""
        return [*self.unwanted, *self.page.evaluate("window.stopped")]

    def _dialog(self, dialog: Any) -> None:
        self.unwanted.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if url.partition("#")[0] != self._own and not url.startswith("data:"):
            self.unwanted.append(f"request: {url}")
