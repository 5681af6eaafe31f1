"""One process serves all stand-ins, and keeps what belongs to different configurations apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.terraform.conftest import Command

pytestmark = pytest.mark.terraform

ROOT = """
provider "aws" {
  region = "%(region)s"
  default_tags {
    tags = { Owner = "%(owner)s" }
  }
}
provider "aws" {
  alias  = "second"
  region = "eu-west-3"
  default_tags {
    tags = { Owner = "second" }
  }
}
resource "aws_sqs_queue" "first" {
  name = "first"
}
resource "aws_sqs_queue" "second" {
  provider = aws.second
  name     = "second"
}
output "found" {
  value = [for queue in [aws_sqs_queue.first, aws_sqs_queue.second] : [queue.arn, queue.tags_all]]
}
"""


def test_configurations_do_not_meet(tmp_path: Path, command: Command) -> None:
    """Two configurations of a provider within one root, and roots applied at the same time, each
    have the region and the default tags of their own.
    """

    def applied(number: int) -> object:
        folder = tmp_path / str(number)
        folder.mkdir()
        root = ROOT % {"region": f"us-east-{number}", "owner": f"owner-{number}"}
        (folder / "main.tf").write_text(root, encoding="utf-8")
        command(folder, "init", "-input=false")
        command(folder, "apply", "-auto-approve", "-input=false")
        found: object = command(folder, "output", "-json", "found").data()
        return found

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(applied, range(1, 4)))
    account = "123456789012"
    assert results == [
        [
            [f"arn:aws:sqs:us-east-{number}:{account}:first", {"Owner": f"owner-{number}"}],
            [f"arn:aws:sqs:eu-west-3:{account}:second", {"Owner": "second"}],
        ]
        for number in range(1, 4)
    ]
