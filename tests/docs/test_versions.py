"""The pages on versions and on the tag policy show what the commands print."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from generator.cli import main
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror, target_platform
from tests.docs.examples import example
from tests.terraform.projects import write_project

pytestmark = pytest.mark.terraform


def _replayed(
    page: str, name: str, project: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> None:
    """Run the commands of an example; what they print is what it shows."""
    said = []
    text = example(page, name)
    for line in text.splitlines():
        if line.startswith("$ dativo "):
            command, *arguments = shlex.split(line)[2:]
            capsys.readouterr()
            given = more if command == "lock" else ()
            main([command, "--project", os.fspath(project), *arguments, *given])
            out, err = capsys.readouterr()
            said.append(f"{line}\n{out}{err if command == 'policy' else ''}")
    assert "".join(said).replace(target_platform(), "linux_amd64") == text


def test_versions(
    tmp_path: Path,
    mirror: Mirror,
    terraform_program: Terraform,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A lock is made and copied, an upgrade shows what it changes, and check says what follows."""
    write_project(tmp_path, "aws")
    platforms = f"terraform:\n  platforms: [{target_platform()}]\n"
    (tmp_path / "dativo.yaml").write_text(platforms, encoding="utf-8")
    main(["generate", "--project", os.fspath(tmp_path)])
    more = ("--mirror", f"{mirror.folder}/mirror", "--terraform", terraform_program.path)
    for name in ("lock", "pinned", "upgrade"):
        _replayed("docs/versions.md", name, tmp_path, capsys, *more)
    assert main(["upgrade", "--project", os.fspath(tmp_path), "--provider", "aws=~> 6.70"]) == 0
    _replayed("docs/versions.md", "unfit", tmp_path, capsys)


def test_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The policy of the page is that of its settings."""
    (tmp_path / "dativo.yaml").write_text(
        "terraform:\n  platforms: [linux_amd64]\ntags:\n  required:\n"
        '    cost_center: {pattern: "FIN-[0-9]{3}"}\n    team: {allowed: [data, finance]}\n',
        encoding="utf-8",
    )
    _replayed("docs/policy.md", "aws", tmp_path, capsys)
