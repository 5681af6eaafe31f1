"""A project of the example jobs on AWS, whose cloud is moto's server."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.apart import need, program
from tests.real.conftest import Command
from tests.real.lives import Project

PYTHON = program("moto", "python")
INSIDE = Path(__file__).parent / "inside"
OVERRIDE = """
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
    need("moto")
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


class AwsProject(Project):
    """The example jobs of one tenant, with the ids that moto gave to what they name.

    Args:
        folder: where to lay it down.
        server: the cloud.
        terraform: runs Terraform with the real provider.
        version: of that provider.
    """

    def __init__(self, folder: Path, server: Moto, terraform: Command, version: str) -> None:
        self.server = server
        super().__init__(
            *(folder, terraform, server.environment, {"aws": version}),
            override=OVERRIDE,
            ids=server.ask("make"),
        )

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
