"""Things that exist already are there in a rehearsal, as the root expects them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.expectations import override
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
DATABASE = """\
data "aws_db_instance" "%(name)s" {
  db_instance_identifier = "%(name)s"

  lifecycle {
    postcondition {
      condition     = self.port == %(port)s
      error_message = "The database ${self.id} has port ${self.port}."
    }

    postcondition {
      condition     = self.address == "%(name)s.abc.eu-west-1.rds.amazonaws.com"
      error_message = "The database ${self.id} has address ${self.address}."
    }
  }
}
"""
NETWORK = """\
data "aws_vpc" "this" {
  id = "vpc-0a1b2c3d"
}

data "aws_subnet" "this" {
  for_each = toset(["subnet-0a1b2c3d", "subnet-0b1c2d3e"])

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == data.aws_vpc.this.id
      error_message = "The subnet ${each.key} is in ${self.vpc_id}."
    }
  }
}
"""


def _root(folder: Path, *texts: str) -> str:
    (folder / "main.tf").write_text("\n".join(texts), encoding="utf-8")
    return os.fspath(folder)


def _databases() -> tuple[str, str]:
    return (
        DATABASE % {"name": "orders", "port": 3306},
        DATABASE % {"name": "events", "port": 5433},
    )


@pytest.mark.terraform
def test_what_the_root_expects_is_there(
    tmp_path: Path, attached: Mirror, terraform_program: Terraform
) -> None:
    """Two databases with ports and addresses of their own, and subnets that lie in the VPC: all
    that a stand-in could not know by itself.
    """
    root = _root(tmp_path, PROVIDER, *_databases(), NETWORK)
    report = rehearse_root(root, mirror=attached, terraform=terraform_program)
    assert (report.errors, report.ok) == ((), True)


@pytest.mark.terraform
def test_what_contradicts_itself_fails(
    tmp_path: Path, attached: Mirror, terraform_program: Terraform
) -> None:
    """No answer can have two ports: a rehearsal does not pass whatever a root says."""
    twice = DATABASE % {"name": "orders", "port": 3306}
    contradiction = twice.replace('"orders" {', '"again" {').replace("3306", "1433")
    root = _root(tmp_path, PROVIDER, twice, contradiction)
    report = rehearse_root(root, mirror=attached, terraform=terraform_program)
    assert not report.ok
    assert any("The database orders has port" in error.detail for error in report.errors)


def test_expectations_of_each_thing(tmp_path: Path) -> None:
    """The arguments say which thing is meant, the postconditions what it is like."""
    root = _root(tmp_path, PROVIDER, *_databases(), NETWORK)
    override_file = override(root)
    assert override_file is not None
    (carried,) = json.loads(override_file)["provider"]["aws"]["user_agent"]
    orders, events = json.loads(carried)
    assert orders == [
        "aws_db_instance",
        {"db_instance_identifier": "orders"},
        {"address": "orders.abc.eu-west-1.rds.amazonaws.com", "port": 3306},
    ]
    assert events[2]["port"] == 5433


def test_nothing_to_tell(tmp_path: Path) -> None:
    """A root without look-ups, and one whose provider is not configured in it, get no override."""
    assert override(_root(tmp_path, PROVIDER)) is None
    assert override(_root(tmp_path, DATABASE % {"name": "orders", "port": 3306})) is None


def test_text_that_would_be_a_template_is_left_out(tmp_path: Path) -> None:
    """In JSON every string is a template: what could be one is not handed on."""
    text = DATABASE % {"name": "orders", "port": 3306}
    root = _root(tmp_path, PROVIDER, text.replace("orders.abc", "$${x}.abc"))
    override_file = override(root)
    assert override_file is not None
    assert "${" not in override_file
