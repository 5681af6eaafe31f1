"""A browser for the tests of the report's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.page.visit import Visit, open_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with sync_playwright() as started:
        opened = open_browser(started)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A window of its own, which at the end has done nothing that it must not."""
    opened = Visit(browser, tmp_path, viewport={"width": 1440, "height": 900})
    yield opened
    told = opened.told()
    opened.context.close()
    assert told == []
