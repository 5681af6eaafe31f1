"""The example roots on Databricks, on the real provider, with a workspace in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.conftest import Command, RealProviders
from tests.real.inside.api_server import serving
from tests.real.inside.workspace import Workspace
from tests.real.lives import Project

pytestmark = pytest.mark.real_provider

IDENTITY = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"
FEATURES = ("acme/customer-features.yaml", "acme/customer-features/prod")
SEGMENTS = ("globex/crm-segments.yaml", "globex/crm-segments/prod")
JOB = "module.job.databricks_job.this"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """A workspace with the service principal that the jobs name."""
    made = Workspace()
    made.principals[IDENTITY] = {"id": "77", "displayName": "etl", "active": True}
    with serving(made):
        yield made


@pytest.fixture
def project(
    workspace: Workspace,
    real_providers: RealProviders,
    real_terraform: Command,
    tmp_path: Path,
) -> Project:
    """A project whose roots lead to that workspace."""
    version = real_providers.version("databricks/databricks")
    return Project(
        *(tmp_path, real_terraform, {"DATABRICKS_TOKEN": "dapi0"}, {"databricks": version}),
        override=f'\nprovider "databricks" {{\n  host = "{workspace.url}"\n}}\n',
    )


def test_life_of_a_root(project: Project, workspace: Workspace) -> None:
    """A root applies."""
    job, root = FEATURES
    project.add(job)
    project.generate()
    folder = project.root(root)
    project.apply(folder)
