"""``dativo explain``: every tag, input and name with where it comes from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from generator.text.printable import width
from tests.repository import Repository

MORE = """\
  network: {connector: "${CONNECTOR}"}
  tags: {cost_center: OPS-002, data_product: null, note: "a value that is %s long"}
environments:
  dev: {infrastructure: {tags: {stage: dev}}}
  prod: {}
""" % ("very " * 12)
ASSET = "name: orders\ndata_product: order-to-cash\nteam: {owner: Sales@acme.example}\n"


@pytest.fixture(name="explained")
def _explained(repository: Repository) -> Repository:
    repository.write("assets/orders.yaml", ASSET)
    repository.job("orders", MORE)
    repository.edit("jobs/orders.yaml", "environment: prod\n", "asset_path: assets/orders.yaml\n")
    return repository


def root(repository: Repository) -> dict[str, Any]:
    """The explanation of the prod root as data."""
    path = str(repository.folder / "jobs/orders.yaml")
    done = repository.run("explain", path, "--environment", "prod", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert all(problem["severity"] == "warning" for problem in done.document["problems"])
    [found] = done.document["roots"]
    assert isinstance(found, dict)
    return found


def test_tags(explained: Repository) -> None:
    """A tag has its value, layer, place, and all that it overrode, with their places."""
    tags = {tag["key"]: tag for tag in root(explained)["tags"]}

    assert tags["cost_center"] == {
        "key": "cost_center",
        "value": "ops-002",
        "concept": "cost_center",
        "written": "OPS-002",
        "layer": "infrastructure",
        "from": "jobs/orders.yaml:10",
        "overrides": [
            {
                "value": "fin-001",
                "concept": "cost_center",
                "written": "FIN-001",
                "layer": "job",
                "from": "jobs/orders.yaml:4",
            }
        ],
    }
    assert tags["owner"]["from"] == "assets/orders.yaml:3"
    assert [lost["from"] for lost in tags["owner"]["overrides"]] == ["dativo.yaml:5"]
    assert tags["managed_by"]["from"] == "dativo"
    assert tags["note"]["written"].endswith("very  long") and len(tags["note"]["value"]) == 63


def test_removed_tag(explained: Repository) -> None:
    """A tag that a null took away is told, with what it was."""
    [removed] = root(explained)["removed_tags"]

    assert (removed["key"], removed["from"]) == ("data_product", "jobs/orders.yaml:10")
    assert [lost["value"] for lost in removed["overrides"]] == ["order-to-cash"]


def test_inputs_and_names(explained: Repository) -> None:
    """Inputs have their places; the root, its state and its variables are told."""
    found = root(explained)
    inputs = {entry["name"]: entry for entry in found["inputs"]}

    assert inputs["memory_mib"] == {
        "name": "memory_mib",
        "value": 2048,
        "from": "jobs/orders.yaml:8",
    }
    assert inputs["project_id"]["from"] == "dativo.yaml:3"
    assert inputs["network"]["value"] == {"connector": "var.connector"}
    assert [variable["name"] for variable in found["variables"]] == ["connector"]
    assert found["root"] == "generated/acme/orders/prod"
    assert found["backend"] == {
        "type": "gcs",
        "arguments": {"bucket": "acme-terraform-state", "prefix": "dativo/acme/prod/orders"},
        "address": "gs://acme-terraform-state/dativo/acme/prod/orders/default.tfstate",
    }


def test_tags_are_those_of_the_root(explained: Repository) -> None:
    """What is explained is what is generated."""
    assert explained.run("generate").code == 0
    tags = (explained.root("orders") / "locals.tf").read_text()

    for tag in root(explained)["tags"]:
        line = rf"\b{re.escape(tag['key'])} += {re.escape(json.dumps(tag['value']))}$"
        assert re.search(line, tags, re.MULTILINE), tag


def test_text(explained: Repository) -> None:
    """For people: one table of tags, one of inputs, short lines, and what differs from the file."""
    done = explained.run("explain", str(explained.folder / "jobs/orders.yaml"))

    assert done.code == 0 and 'warning: the value of tag "note" is changed' in done.err
    assert done.out.startswith(
        "orders: tenant acme, environment dev\n  job      jobs/orders.yaml\n"
    )
    for line in (
        "  state    gs://acme-terraform-state/dativo/acme/prod/orders/default.tfstate",
        "  module   modules/gcp-cloud-run-job",
        "written: OPS-002",
        "instead of fin-001 in job, jobs/orders.yaml:4",
        "TF_VAR_connector",
    ):
        assert line in done.out
    assert max(width(line) for line in done.out.splitlines()) <= 120


def test_nothing_to_explain(explained: Repository) -> None:
    """A job without such a root is a mistake on the command line."""
    explained.write("jobs/none.yaml", "tenant_id: acme\n")
    for arguments in (["jobs/none.yaml"], ["jobs/orders.yaml", "--environment", "qa"]):
        path, *more = arguments
        done = explained.run("explain", str(explained.folder / path), *more)
        assert done.code == 1 and "has no root to explain" in done.err


def test_wrong_job(explained: Repository) -> None:
    """Errors are told; the tags that are known are still explained."""
    explained.edit("jobs/orders.yaml", "memory:", "memmory:")

    done = explained.run("explain", str(explained.folder / "jobs/orders.yaml"))

    assert done.code == 1 and 'did you mean "memory"?' in done.err
