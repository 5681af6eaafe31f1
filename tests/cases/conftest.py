"""The option that writes what golden and error cases expect."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when pytest is given tests/cases, as the failure's command does."""
    parser.addoption(
        "--update", action="store_true", help="write what the cases expect; review the diff"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to write what is expected instead of comparing with it."""
    return bool(request.config.getoption("--update", default=False))
