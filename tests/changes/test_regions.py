"""A job of several regions: each of its roots is compared as what it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.changes.conftest import Compared

REGIONS = "regions: [us-central1, europe-west1]\n"
OTHER = "generated/acme/orders/prod-europe-west1"


@pytest.fixture
def regional(compared: Compared) -> Compared:
    """The job ``orders`` in two regions, committed."""
    compared.job("orders", REGIONS)
    compared.generate()
    compared.commit()
    return compared


def _root(document: dict[str, Any]) -> dict[str, Any]:
    [root] = [one for one in document["roots"] if one["root"] == OTHER]
    found: dict[str, Any] = root
    return found


def test_a_root_in_a_region_of_its_own(regional: Compared) -> None:
    """It is no copy of that in the job's home, and its environment is the job's."""
    done = regional.run("changed")
    assert (done.code, done.err) == (0, "")
    root = _root(regional.changed())
    assert (root["kind"], root["environment"], root["region"]) == (
        "created",
        "prod",
        "europe-west1",
    )
    assert regional.kinds("acme/orders/prod-europe-west1") == {"orders/prod": "created"}
    [entry] = [
        one
        for one in regional.run("changed", "--format", "github-matrix").document["include"]
        if OTHER in one["roots"]
    ]
    assert entry["environment"] == "prod"


def test_what_an_environment_changes(regional: Compared) -> None:
    """A value of the environment is a cause in each region."""
    text = (regional.folder / "dativo.yaml").read_text("utf-8")
    regional.write(
        "dativo.yaml",
        text.replace(
            "defaults:\n",
            "defaults:\n  environments: {prod: {infrastructure: {tags: {tier: a}}}}\n",
        ),
    )
    regional.generate()
    texts = [cause["text"] for cause in _root(regional.changed("--base", "HEAD"))["causes"]]
    assert any("environments.prod" in text for text in texts), texts
