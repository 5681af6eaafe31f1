"""What Terraform and python-hcl2 say of the committed files, without applying them."""

from __future__ import annotations

import os
from pathlib import Path

import hcl2
import pytest

from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY, committed_roots

FILES = [path for root in committed_roots() for path in sorted(Path(root.folder).glob("*.tf"))]


@pytest.mark.terraform
def test_everything_is_formatted(command: Command) -> None:
    """``terraform fmt`` has nothing to say of what is generated, nor of the modules."""
    folders = ["generated", "modules"]
    ran = command(REPOSITORY, "fmt", "-check", "-diff", "-recursive", *folders, expect=None)
    assert (ran.code, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: os.path.relpath(path, REPOSITORY))
def test_another_parser_reads_every_generated_file(path: Path) -> None:
    """python-hcl2 finds blocks in each of them."""
    with path.open(encoding="utf-8") as file:
        assert hcl2.load(file)
