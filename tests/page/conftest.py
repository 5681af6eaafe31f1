"""A browser for the tests of the report's page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.page.packages import TOP, run
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


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with their packages, which npm has fetched as they are locked."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("page") / "page"
    shutil.copytree(TOP / "page", folder, ignore=shutil.ignore_patterns("node_modules"))
    run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    return folder
