"""A project of the example jobs on AWS, whose cloud is moto's server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator import load_job, tags_of
from generator.cli import main
from tests.real.conftest import Command

REPOSITORY = Path(__file__).parents[2]
PYTHON = REPOSITORY / ".venv-moto" / ("Scripts" if os.name == "nt" else "bin") / "python"
INSIDE = Path(__file__).parent / "inside"
# What a team writes to try its roots against another endpoint: their file, beside ours.
OVERRIDE = """terraform {
  backend "local" {}
}

provider "aws" {
  s3_use_path_style = true
}
"""
_REGION = re.compile(r'region +=\s+"([^"]+)"')


class Moto:
    """A running server.

    Args:
        url: where it answers.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.environment = {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "2",
        }

    def ask(self, command: str, given: Any = None) -> Any:
        """What a command of ``inside/aws_world.py`` prints."""
        ran = subprocess.run(
            [os.fspath(PYTHON), os.fspath(INSIDE / "aws_world.py"), self.url, command],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


@contextmanager
def moto(account: str) -> Iterator[Moto]:
    """A server of moto for one account, until the block ends."""
    if not PYTHON.exists():
        pytest.fail("moto is not installed, run: make test")
    with subprocess.Popen(
        [os.fspath(PYTHON), os.fspath(INSIDE / "aws_server.py")],
        env={**os.environ, "MOTO_ACCOUNT_ID": account},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            assert port, "moto's server did not start"
            yield Moto(f"http://127.0.0.1:{port}")
        finally:
            server.kill()


class Project:
    """The example jobs of one tenant, with the ids that moto gave to what they name.

    Args:
        folder: where to lay it down.
        server: the cloud.
        terraform: runs Terraform with the real provider.
        version: of that provider.
    """

    def __init__(self, folder: Path, server: Moto, terraform: Command, version: str) -> None:
        self.folder, self.server, self._terraform = folder, server, terraform
        for name in ("assets", "modules"):
            shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns(".*"))
        major, minor, _ = version.split(".")
        pinned = f'terraform: {{providers: {{aws: "~> {major}.{minor}"}}}}\n'
        settings = (REPOSITORY / "dativo.yaml").read_text(encoding="utf-8")
        (folder / "dativo.yaml").write_text(settings + pinned, encoding="utf-8")
        self._ids: dict[str, str] = server.ask("make")

    def add(self, name: str) -> None:
        """Copy an example job, named as below ``jobs/``."""
        text = (REPOSITORY / "jobs" / name).read_text(encoding="utf-8")
        for written, made in self._ids.items():
            text = text.replace(written, made)
        (self.folder / "jobs" / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "jobs" / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text of a job that was added."""
        path = self.folder / "jobs" / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def put(self, name: str, pattern: str, thing: str) -> None:
        """Replace the first text of a job that a pattern finds."""
        path = self.folder / "jobs" / name
        text, count = re.subn(pattern, thing, path.read_text(encoding="utf-8"), count=1)
        assert count, f"{name} has no {pattern}"
        path.write_text(text, encoding="utf-8")

    def generate(self, *options: str) -> None:
        """Write the roots."""
        assert main(["generate", "--project", str(self.folder), *options]) == 0

    def wanted(self, name: str) -> dict[str, str]:
        """The tags of a job in production, as dativo tells them."""
        job = load_job(self.folder / "jobs" / name, environment="prod")
        return tags_of(job).as_map()

    def root(self, name: str) -> Path:
        """A root, with the override beside it: TENANT/JOB/ENVIRONMENT."""
        folder = self.folder / "generated" / name
        (folder / "local_override.tf").write_text(OVERRIDE)
        return folder

    def terraform(self, root: Path, *arguments: str, expect: int | None = 0) -> Any:
        """Run Terraform in a root."""
        return self._terraform(
            root, *arguments, "-no-color", expect=expect, **self.server.environment
        )

    def apply(self, root: Path) -> None:
        """Initialise and apply; nothing may be left to do afterwards."""
        self.terraform(root, "init", "-input=false")
        self.terraform(root, "apply", "-auto-approve", "-input=false")
        self.terraform(root, "plan", "-detailed-exitcode", "-input=false")

    def changes(self, root: Path) -> dict[str, list[str]]:
        """What a plan would do to each resource that it does not leave alone."""
        self.terraform(root, "plan", "-input=false", "-out=plan")
        shown = json.loads(self.terraform(root, "show", "-json", "plan").stdout)
        return {
            change["address"]: change["change"]["actions"]
            for change in shown.get("resource_changes", ())
            if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
        }

    def state(self, root: Path) -> dict[str, Any]:
        """The state as it is on the disk."""
        found: dict[str, Any] = json.loads((root / "terraform.tfstate").read_text())
        return found

    def tags(self, root: Path) -> dict[str, dict[str, str]]:
        """The tags that the API tells of every resource that takes any, by address."""
        region = _REGION.search((root / "providers.tf").read_text(encoding="utf-8"))
        assert region is not None
        resources = {
            f"{found['type']}.{found['name']}{instance.get('index_key', '')}": {
                "type": found["type"],
                "region": region[1],
                "attributes": instance["attributes"],
            }
            for found in self.state(root)["resources"]
            if found["mode"] == "managed"
            for instance in found["instances"]
        }
        told = self.server.ask("tags", list(resources.values()))
        return {name: tags for name, tags in zip(resources, told, strict=True) if tags is not None}
