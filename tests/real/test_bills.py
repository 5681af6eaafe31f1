"""The bills of this repository on Google Cloud and Azure, on the real providers, with clouds in
memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.conftest import Command, RealProviders
from tests.real.inside import arm_world
from tests.real.inside.api_server import self_signed, serving
from tests.real.inside.arm import Arm
from tests.real.inside.google_cloud import Cloud
from tests.real.lives import Project

pytestmark = [pytest.mark.real_provider, pytest.mark.deep]

GOOGLE = "acme/billing-gcp/prod"
AZURE = "acme/billing-azure/prod"
ACCOUNT = "budgets/billingAccounts/01A2B3-C4D5E6-F7A8B9/budgets/"
BUDGET = "azurerm_consumption_budget_subscription"


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """A cloud with a billing account."""
    made = Cloud()
    with serving(made):
        yield made


@pytest.fixture
def on_google(
    cloud: Cloud, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project whose roots lead to that cloud."""
    versions = {"google": real_providers.version("hashicorp/google")}
    return Project(tmp_path, real_terraform, cloud.environment(), versions)


@pytest.fixture
def arm(real_providers: RealProviders, tmp_path: Path) -> Iterator[Arm]:
    """A Resource Manager with the subscription of the bill."""
    real_providers.version("hashicorp/azurerm")
    made = Arm()
    arm_world.fill(made)
    with made.serving(self_signed(tmp_path)):
        made.environment["ARM_METADATA_HOSTNAME"] = made.url.removeprefix("https://")
        yield made


@pytest.fixture
def on_azure(
    arm: Arm, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project whose roots lead there; skips the test where the provider was built without
    budgets, as one of a few services alone is.
    """
    folder = tmp_path / "project"
    folder.mkdir()
    versions = {"azurerm": real_providers.version("hashicorp/azurerm")}
    made = Project(folder, real_terraform, arm.environment, versions)
    made.generate()
    root = made.root(AZURE)
    made.terraform(root, "init", "-input=false")
    said = made.terraform(root, "validate", expect=None).stderr.replace("│", " ")
    if f'does not support resource type "{BUDGET}"' in " ".join(said.split()):
        pytest.skip(f"the azurerm of the mirror was built without {BUDGET}")
    return made


def change(project: Project, old: str, new: str) -> None:
    """Replace text of the settings, and write the roots."""
    path = project.folder / "dativo.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"dativo.yaml has {text.count(old)} of {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    project.generate()


def retire(project: Project, name: str) -> None:
    """Take a bill away: its root becomes a tombstone, whose apply destroys what it made."""
    path = project.folder / "dativo.yaml"
    kept, gone = re.subn(
        rf"  - name: {name}\n(?:    .*\n)*", "", path.read_text(encoding="utf-8"), count=1
    )
    assert gone == 1
    path.write_text(kept, encoding="utf-8")
    root = project.folder / "generated" / "acme" / name / "prod"
    project.generate("--retire", str(root))
    project.apply(project.root(f"acme/{name}/prod"))


def test_life_of_a_bill_of_google(on_google: Project, cloud: Cloud) -> None:
    """The API gets units and billionths, one label, shares of one, and a channel with the labels;
    it tells nothing that is zero, and nothing is left to do. Amounts change in place. All calls
    count against the project.
    """
    before = set(cloud.things)
    folder = on_google.applied(GOOGLE)
    (budget,) = (thing for key, thing in cloud.things.items() if key.startswith(ACCOUNT))
    (channel,) = (thing for key, thing in cloud.things.items() if "/notificationChannels/" in key)
    assert budget["amount"]["specifiedAmount"] == {"units": "900"}
    assert budget["budgetFilter"]["labels"] == {"cost_center": ["mkt-004"]}
    assert [one["thresholdPercent"] for one in budget["thresholdRules"]] == [0.8, 1, 1]
    told = budget["notificationsRule"]
    assert told["monitoringNotificationChannels"] == [channel["name"]]
    assert told["disableDefaultIamRecipients"] is True
    assert channel["labels"] == {"email_address": "finops@acme.example"}
    labels = (folder / "locals.tf").read_text("utf-8")
    assert channel["userLabels"]["cost_center"] == "fin-000"
    assert all(f'= "{value}"' in labels for value in channel["userLabels"].values())
    paying = {
        call.headers.get("x-goog-user-project")
        for call, _ in cloud.calls
        if call.path.startswith("/budgets/")
    }
    assert paying == {"acme-data-prod"}

    change(on_google, "MKT-004, amount: 900}", "MKT-004, amount: 0.55, period: annually}")
    assert {tuple(did) for did in on_google.changes(folder).values()} == {("update",)}
    on_google.apply(folder)
    assert budget["amount"]["specifiedAmount"] == {"nanos": 550000000}
    assert budget["budgetFilter"]["calendarPeriod"] == "YEAR"

    retire(on_google, "billing-gcp")
    assert on_google.state(folder)["resources"] == []
    assert set(cloud.things) == before


def test_life_of_a_bill_of_azure(on_azure: Project, arm: Arm) -> None:
    """The API gets the tag, the start and an alert of each threshold; nothing is left to do. An
    amount changes in place, another start replaces the budget.
    """
    there = set(arm.resources)
    folder = on_azure.applied(AZURE)
    (key,) = set(arm.resources) - there
    made = arm.at(key)["properties"]
    assert key.startswith(f"{arm_world.ACME}/providers/microsoft.consumption/budgets/")
    assert (made["amount"], made["timeGrain"]) == (1500, "Quarterly")
    assert made["timePeriod"]["startDate"] == "2027-01-01T00:00:00Z"
    tag = made["filter"]["tags"]
    assert (tag["name"], tag["operator"], tag["values"]) == ("CostCenter", "In", ["SALES-020"])
    alerts = {(one["thresholdType"], one["threshold"]) for one in made["notifications"].values()}
    assert alerts == {("Actual", 80), ("Actual", 100), ("Forecasted", 100)}

    change(on_azure, "SALES-020, amount: 1500,", "SALES-020, amount: 99.5,")
    assert list(on_azure.changes(folder).values()) == [["update"]]
    on_azure.apply(folder)
    assert arm.at(key)["properties"]["amount"] == 99.5

    change(on_azure, "start: 2027-01-01", "start: 2027-04-01")
    (did,) = on_azure.changes(folder).values()
    assert set(did) == {"create", "delete"}

    retire(on_azure, "billing-azure")
    assert on_azure.state(folder)["resources"] == []
    assert set(arm.resources) == there
