"""The bills of dativo.yaml, each as a job of its own: the file that makes it is dativo.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import Layer, LoadedJob
from generator.job.project import Project
from generator.job.variants import Variant
from generator.model.budgets import Bill

# The value of ``runtime.type`` that no job file can have.
BILLING = "billing"
_BLOCK = ("provider", "region", "account", "tags", "terraform")
# Where the APIs of budgets are, which have no region; a root must have one.
NOWHERE = "global"
_REGIONS = {"aws": "us-east-1", "gcp": NOWHERE, "azure": NOWHERE}


def bills(project: Project) -> Iterator[tuple[Bill, Variant, list[Layer]]]:
    """Each bill with what a job file would say of it, and where that stands.

    Args:
        project: the repository.
    """
    written = project.document.get("budgets") or ()
    for index, bill in enumerate(project.settings.budgets):
        at, data = ("budgets", index), written[index]
        block = {key: data[key] for key in _BLOCK if data.get(key) is not None}
        block.setdefault("region", _REGIONS[bill.provider])
        block["runtime"] = {"type": BILLING}
        own = [
            Layer(SETTINGS_FILE, at, (), data),
            Layer(SETTINGS_FILE, at, ("infrastructure",), block),
        ]
        tenant = Location(SETTINGS_FILE, (*at, "tenant_id"))
        stage = Location(SETTINGS_FILE, (*at, "environment"))
        yield bill, Variant(bill.tenant_id, bill.environment, tenant, stage), own


def once(jobs: list[LoadedJob]) -> Iterator[Problem]:
    """Two bills of one account, billing account or subscription.

    Each tag is activated, and each category made, by one of them; and what one cost centre may
    spend on a bill should be found in one place.
    """
    first: dict[tuple[str, str], LoadedJob] = {}
    for loaded in jobs:
        infrastructure = loaded.job.infrastructure
        account = infrastructure.account
        word, of = {
            "aws": ("account", account.account_id),
            "gcp": ("billing account", loaded.document.get("billing_account")),
            "azure": ("subscription", account.subscription_id),
        }[infrastructure.provider]
        if of is None:
            continue
        other = first.setdefault((infrastructure.provider, of.lower()), loaded)
        if other is not loaded:
            message = f'the bill of {word} {of} is that of "{other.job.name}" already'
            location = loaded.locations.location(("name",))
            yield Problem("two-bills", message, location, "put their cost centres into one")
