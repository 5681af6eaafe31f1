"""Policies that ask for fields of the asset contract of a job."""

from __future__ import annotations

import pytest

from generator.model.asset import Asset
from generator.model.policy_fields import ASSET, fields
from tests.docs.examples import example
from tests.repository import Repository
from tests.rules.conftest import JOB, Told

WITH_ASSET = f"{JOB}asset_path: assets/orders.yaml\n"
FLAT = """\
name: orders
version: "2.1"
dataProduct: sales
tags: [gold, daily]
team: {owner: shop@acme.example}
compliance:
  classification: [PII]
  regulations: [GDPR, CCPA]
  retention_days: 400
  security: {encryption_required: true}
schema: [{name: email, classification: PII}]
"""
NESTED = """\
asset:
  name: orders
  version: "2.1"
  dataProduct: sales
  governance:
    owner: shop@acme.example
    tags: [gold, daily]
    classification: [PII]
    regulations: [GDPR, CCPA]
    retention_days: 400
"""


def _require(field: str, asked: str, when: str = "") -> str:
    return f"  rules: {{it: {{{when}require: {{field: {{{field}: {asked}}}}}}}}}"


@pytest.mark.parametrize("shape", [FLAT, NESTED], ids=["flat", "nested"])
@pytest.mark.parametrize(
    ("field", "holding", "failing"),
    [
        ("asset.name", "orders", "other"),
        ("asset.version", "{pattern: '2\\..*'}", "{pattern: '3\\..*'}"),
        ("asset.dataProduct", "sales", "{not: {equals: sales}}"),
        ("asset.tags", "gold", "{contains: silver}"),
        ("asset.team.owner", "{pattern: '.*@acme.example'}", "{pattern: '.*@globex.example'}"),
        ("asset.compliance.classification", "pii", "INTERNAL"),
        ("asset.compliance.regulations", "{contains: gdpr}", "{in: [GDPR]}"),
        ("asset.compliance.retention_days", "{at_most: 400}", "{at_most: 365}"),
        ("asset.status", "{present: false}", "{present: true}"),
    ],
)
def test_a_field_of_an_asset(
    shape: str, field: str, holding: str, failing: str, repository: Repository, told: Told
) -> None:
    """Every operator is asked of the contract, whichever shape it has."""
    repository.write("assets/orders.yaml", shape)
    assert told(_require(field, holding), WITH_ASSET) == []
    [line] = told(_require(field, failing), WITH_ASSET)
    assert f'policy it: "{field}" is ' in line


@pytest.mark.parametrize(
    ("shape", "field", "asked", "place"),
    [
        (FLAT, "asset.compliance.retention_days", "{at_most: 365}", "assets/orders.yaml:9:19:"),
        (NESTED, "asset.compliance.retention_days", "{at_most: 365}", "assets/orders.yaml:10:21:"),
        (FLAT, "asset.team.owner", "nobody", "assets/orders.yaml:5:15:"),
        (NESTED, "asset.team.owner", "nobody", "assets/orders.yaml:6:12:"),
        (FLAT, "asset.compliance.user_consent_required", "true", "assets/orders.yaml:6:1:"),
        (FLAT, "asset.finops.cost_center", "X", "assets/orders.yaml:1:1:"),
        (NESTED, "asset.finops.cost_center", "X", "assets/orders.yaml:1:1:"),
    ],
)
def test_places(
    shape: str, field: str, asked: str, place: str, repository: Repository, told: Told
) -> None:
    """A finding stands at the value in the asset file, or at the block that lacks it."""
    repository.write("assets/orders.yaml", shape)
    [line] = told(_require(field, asked), WITH_ASSET)
    assert line.startswith(f"{place} error: policy it: ")


def test_a_job_without_an_asset_has_none_of_its_fields(told: Told) -> None:
    """It is told where an asset would be named; and it is no job that a field is asked of."""
    [line] = told(_require("asset.name", "{present: true}"))
    assert line.startswith('jobs/orders.yaml:1:1: error: policy it: "asset.name" is not set')
    when = "when: {field: {asset.compliance.regulations: GDPR}}, "
    assert told(_require("name", "x", when)) == []


def test_when_and_the_jobs_own_word(repository: Repository, told: Told) -> None:
    """``when`` takes them too. They are what the contract says: a job that decides otherwise is
    asked by its tag; and ``asset`` alone is the job's own field.
    """
    repository.write("assets/orders.yaml", FLAT)
    job = f"{WITH_ASSET}asset: shop_orders\ngovernance_overrides: {{owner: desk@acme.example}}\n"
    when = "when: {field: {asset.compliance.regulations: GDPR, asset: shop_orders}}, "
    own = "tag: {owner: data}, field: {asset.team.owner: shop@acme.example"
    assert told(f"  rules: {{it: {{{when}require: {{{own}}}}}}}}}", job) == []
    assert len(told(_require("name", "x", when), job)) == 1


def test_every_field_of_the_model_can_be_asked_for(repository: Repository, told: Told) -> None:
    """Each has a name below ``asset``, and a value or none."""
    names = [name for name in fields() if name.startswith(f"{ASSET}.")]
    tops = {name.split(".")[1] for name in names}
    assert tops == {info.alias or name for name, info in Asset.model_fields.items()}
    repository.write("assets/orders.yaml", FLAT)
    asked = ", ".join(f"{name}: {{not: {{present: true}}}}" for name in names)
    [line] = told(f"  rules: {{it: {{require: {{field: {{{asked}}}}}}}}}", WITH_ASSET)
    for told_of in ('"asset.dataProduct" is "sales"', '"asset.tags" is "gold", "daily"'):
        assert told_of in line
    assert '"asset.schema" is ' in line and '"asset.status"' not in line


def test_the_page_shows_policies_that_work(repository: Repository, told: Told) -> None:
    """Those of docs/rules.md tell of a contract that keeps neither."""
    repository.write(
        "assets/orders.yaml",
        "name: a\nstatus: draft\ncompliance: {regulations: [gdpr], retention_days: 400}\n",
    )
    policies = example("docs/rules.md", "policies asset").removeprefix("policies:\n")
    lines = told(policies, WITH_ASSET)
    expiry, contract = sorted(lines, key=len)
    assert expiry == (
        "assets/orders.yaml:3:51: error: policy gdpr-needs-an-expiry: "
        '"asset.compliance.retention_days" is "400"; at most 365 is allowed'
    )
    assert contract == (
        'assets/orders.yaml:1:1: warning: policy prod-has-a-contract: "asset.version" is not set; '
        '"asset.status" is "draft"; it has to be "active"'
    )
