"""Real providers from a mirror on disk, and servers that answer as their clouds do.

``DATIVO_PROVIDER_MIRROR`` names a folder laid out as Terraform's filesystem mirrors are
(HOST/NAMESPACE/TYPE/VERSION/TARGET). What is not in it is skipped, and told so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.provider_source import VARIABLE, cli_config, newest
from generator.rehearsal.terraform_run import Ran, run
from tests.real.kubernetes import Cluster, cluster, programs

Command = Callable[..., Ran]


class RealProviders:
    """What the mirror has.

    Args:
        folder: the mirror.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def version(self, source: str) -> str:
        """The newest version of a provider; skips the test where there is none.

        Args:
            source: such as ``hashicorp/aws``.
        """
        found = newest(os.fspath(self.folder), source)
        if found is None:
            pytest.skip(f"{VARIABLE} has no {source}")
        return found


@pytest.fixture(scope="session")
def real_providers() -> RealProviders:
    """The mirror that DATIVO_PROVIDER_MIRROR names."""
    folder = os.environ.get(VARIABLE, "")
    if not os.path.isdir(folder):
        pytest.skip(f"{VARIABLE} names no folder with real providers")
    return RealProviders(Path(folder))


@pytest.fixture(scope="session")
def real_terraform(
    real_providers: RealProviders,
    terraform_program: Terraform,
    tmp_path_factory: pytest.TempPathFactory,
) -> Command:
    """Runs Terraform with the real providers: ``command(folder, *arguments, expect=0, **env)``."""
    config = tmp_path_factory.mktemp("real") / "terraform.rc"
    held = cli_config([os.fspath(real_providers.folder)], registry=False)
    config.write_text(held, encoding="utf-8")
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "TF_", "GOOGLE_", "ARM_", "DATABRICKS_"))
    }
    own |= {"TF_CLI_CONFIG_FILE": os.fspath(config), "TF_IN_AUTOMATION": "1", "GOGC": "400"}

    def call(folder: Path, *arguments: str, expect: int | None = 0, **more: str) -> Ran:
        ran = run(terraform_program.path, arguments, os.fspath(folder), {**own, **more})
        assert expect in (None, ran.code), f"{arguments[0]}: {ran.stdout}\n{ran.stderr}"
        return ran

    return call


@pytest.fixture(scope="session")
def api_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Kubernetes cluster without nodes."""
    programs()
    with cluster(tmp_path_factory.mktemp("cluster")) as served:
        yield served
