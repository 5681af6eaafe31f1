"""What must be there before the first apply: rows, the READMEs made from them, and conditions."""

from __future__ import annotations

import os

import pytest

from generator.modules.declarations import parse
from generator.modules.files import module_files
from generator.modules.read import interface
from generator.plan.needs.need import (
    KINDS,
    ModuleInputs,
    absent,
    both,
    either,
    equal,
    given,
    other_than,
)
from generator.plan.needs.table import NEEDS
from generator.text.expression import Reference, Value
from scripts.module_readmes import defaults, needs
from scripts.pages import MODULES, module_names
from tests.plan.conftest import Plans, job


def of_kind(plans: Plans, text: str, kind: str) -> list[str]:
    """The things of a kind that the root's README shows."""
    return [what for found, what, _ in plans.plan(text).needs.rows if found == kind]


def test_every_module_has_rows() -> None:
    """Nobody has to find out by a first apply what a module needs."""
    assert sorted(NEEDS) == module_names()
    assert all(row.kind in KINDS for rows in NEEDS.values() for row in rows)


@pytest.mark.parametrize("name", module_names())
def test_conditions_name_inputs_of_the_module(name: str) -> None:
    """A condition reads inputs that are there, and takes the module's own defaults."""
    files = module_files(os.path.join(MODULES, name))
    declared, default = interface(parse(files)).variables, defaults(files)
    for row in NEEDS[name]:
        for path, assumed in row.when.reads:
            variable, _, inside = path.partition(".")
            assert variable in declared, (row.what, path)
            shown = default.get(variable, "null")
            if inside:
                leaf = inside.rpartition(".")[2]
                stated = f"{leaf} = optional(bool, {str(assumed).lower()})"
                assert leaf in declared[variable].text, (row.what, path)
                assert assumed is None or stated in declared[variable].text, (row.what, path)
            elif assumed is not None:
                assert _literal(assumed) == shown, (row.what, path)
            else:
                assert shown in ("null", '""', "{}", "[]", "false", "0"), (row.what, path)


def _literal(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@pytest.mark.parametrize("name", module_names())
def test_readme_of_a_module_shows_every_row(name: str) -> None:
    """A row reads as a line of a table, whatever it says."""
    lines = [line for line in needs(name) if line.startswith("| ") and not line.startswith("| | ")]
    assert len(lines) == len(NEEDS[name])
    assert all(line.count("|") == 5 and "\n" not in line for line in lines)


@pytest.mark.parametrize(
    ("condition", "values", "holds"),
    [
        (given("schedule"), {}, False),
        (given("schedule"), {"schedule": None}, False),
        (given("schedule"), {"schedule": {"expression": "0 2 * * *"}}, True),
        (given("network.connector"), {"network": {"connector": "c"}}, True),
        (given("network.connector"), {"network": {"network": "n"}}, False),
        (given("network.connector"), {"network": Reference("var.network")}, True),
        (absent("identity"), {}, True),
        (absent("identity"), {"identity": Reference("var.identity")}, False),
        (equal("on", True, default=True), {}, True),
        (equal("on", True, default=True), {"on": False}, False),
        (other_than("tier", "Free", "Standard"), {}, True),
        (other_than("tier", "Free", "Standard"), {"tier": "Free"}, False),
        (both(given("a"), given("b")), {"a": 1}, False),
        (either(given("a"), given("b")), {"a": 1}, True),
    ],
)
def test_conditions(condition: object, values: dict[str, Value], holds: bool) -> None:
    """What is left out has the module's default; what only Terraform knows is something."""
    assert condition.holds(ModuleInputs(values)) is holds  # type: ignore[attr-defined]


def test_words_of_a_condition() -> None:
    """Alternatives inside of a whole are told apart."""
    assert both(either(given("a"), given("b")), absent("c")).text == "(`a` or `b`) and no `c`"
    assert equal("on", True).text == "`on` is `true`"


def test_google_job(plans: Plans) -> None:
    """The APIs that this job uses, in the project of this job."""
    plain = plans.plan(job("gcp")).needs
    (command,) = plain.commands
    assert command == (
        "gcloud services enable cloudresourcemanager.googleapis.com iam.googleapis.com"
        " logging.googleapis.com monitoring.googleapis.com run.googleapis.com --project acme-data"
    )
    head = "schedule: {cron: '0 2 * * *'}\n"
    scheduled = plans.plan(job("gcp", head=head)).needs
    assert "cloudscheduler.googleapis.com" in scheduled.commands[0]
    assert "`roles/cloudscheduler.admin`" in of_kind(
        plans, job("gcp", head=head), "whoever applies"
    )
    assert not any("scheduler" in what for _, what, _ in plain.rows)


def test_azure_job(plans: Plans) -> None:
    """The resource providers, one command each, since az takes one at a time."""
    needed = plans.plan(job("azure")).needs
    assert [line.split()[4] for line in needed.commands] == [
        "Microsoft.App",
        "Microsoft.ManagedIdentity",
        "Microsoft.OperationalInsights",
    ]
    assert all(line.endswith(" 00000000-0000-4000-8000-0000000000a1") for line in needed.commands)


def test_planning_rights_follow_the_look_ups(plans: Plans) -> None:
    """Whoever plans needs what the data sources of this root ask."""
    told = of_kind(plans, job(), "whoever plans")
    assert any("`ec2:DescribeVpcs`" in what for what in told)
    without = of_kind(plans, job(block="terraform: {verify_existing: false}"), "whoever plans")
    assert not any("`ec2:DescribeVpcs`" in what for what in without)
    assert any("states:ValidateStateMachineDefinition" in what for what in without)


def test_page_of_the_module(plans: Plans) -> None:
    """The rest is one click away, where the module is in the repository."""
    assert plans.plan(job()).needs.page == "../../../../modules/aws-ecs-fargate/README.md"
