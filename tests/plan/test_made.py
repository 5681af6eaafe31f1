"""What a call of a shipped module makes, and what a reviewer asks of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.files.shipped import folder
from generator.plan.made.count import Call
from generator.plan.made.of_root import COUNTS, UNTAGGED
from generator.plan.needs.need import ModuleInputs
from tests.plan.conftest import Plans, job

_ROW = re.compile(r"^\| `(\w+)\.\w+` \|.*\| (cannot be tagged|in .*) \|$", re.MULTILINE)
_RESOURCE = re.compile(r'^resource "(\w+)"', re.MULTILINE)
_CHILD = re.compile(r'^  source = "\.\./([\w-]+)"', re.MULTILINE)


def _types(module: str) -> set[str]:
    """The types of a module's resources, those of a module that it calls too."""
    texts = [file.read_text("utf-8") for file in Path(folder("modules"), module).glob("*.tf")]
    own = {kind for text in texts for kind in _RESOURCE.findall(text)}
    return own.union(*(_types(child) for text in texts for child in _CHILD.findall(text)))


@pytest.mark.parametrize("module", sorted(COUNTS))
def test_every_type_of_a_module_is_counted(module: str) -> None:
    """A type that a module makes has a row, and no row is of another."""
    secrets_inside = {"kubernetes_role_v1", "kubernetes_role_binding_v1"}
    counted = set(COUNTS[module](Call(ModuleInputs({}))))
    assert counted == _types(module) | (counted & secrets_inside)


def test_every_module_is_counted() -> None:
    """The table has all shipped modules."""
    assert {path.parent.name for path in Path(folder("modules")).glob("*/main.tf")} == set(COUNTS)


def test_what_cannot_be_tagged() -> None:
    """The types without tags are those that the modules' READMEs, made from the schemas, list."""
    told: dict[str, set[str]] = {}
    for file in Path(folder("modules")).glob("*/README.md"):
        for kind, how in _ROW.findall(file.read_text("utf-8")):
            told.setdefault(kind, set()).add(how)
    assert {kind for kind, how in told.items() if how == {"cannot be tagged"}} == UNTAGGED


def test_rows_of_a_reviewer(plans: Plans) -> None:
    """Limits, rights, ways out, keys and alerts are told as the module gets them."""
    block = """\
access: [{resource: "arn:aws:dynamodb:us-east-1:123456789012:table/orders", level: write}]
monitoring:
  alerts:
    channels: ["arn:aws:sns:us-east-1:123456789012:on-call"]
    thresholds: {run_seconds: 600}
"""
    text = job(runtime="timeout_seconds: 5400\nmax_retries: 2", block=block)
    review = plans.plan(text).review
    assert review["Names"] == ("acme-prod-etl",)
    assert review["Timeout"] == ("1 h 30 min",)
    assert review["Retries"] == ("2",)
    assert review["May"] == ("write arn:aws:dynamodb:us-east-1:123456789012:table/orders",)
    assert review["Network"] == ("vpc-1", "subnet-1")
    assert review["Key"] == ("none of yours",)
    assert review["Alerts"] == ("run_seconds 600", "to arn:aws:sns:us-east-1:123456789012:on-call")


def test_no_alerts_are_told(plans: Plans) -> None:
    """Their absence is an answer too; so is that nobody hears of them."""
    assert plans.plan(job()).review["Alerts"] == ("none",)
    silent = plans.plan(job(block="monitoring: {alerts: {}}")).review["Alerts"]
    assert silent[-1] == "to nobody"


def test_workers_have_no_timeout_and_names_that_are_cut_are_not_told(plans: Plans) -> None:
    """A worker is not stopped or tried again; a hash is Terraform's to compute."""
    review = plans.plan(job(runtime="scaling: {min: 1}", head=f"name: {'e' * 40}\n")).review
    assert {"Timeout", "Retries", "Names"}.isdisjoint(review)


def test_nothing_is_said_of_a_module_of_ones_own(plans: Plans) -> None:
    """What it makes and allows nobody here knows."""
    plans.write("modules/ours/main.tf", 'variable "image" {}\nvariable "network" {}\n')
    plan = plans.plan(job(block="terraform: {module: {source: ./modules/ours}}"))
    assert (plan.made, dict(plan.review)) == ((), {})
