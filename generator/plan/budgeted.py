"""Budgets against the cost centres that jobs have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.errors import Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.model.settings import Settings
from generator.plan.collisions import Claim
from generator.tags.own_keys import format_for
from generator.tags.rules import fit_value
from generator.text.hints import did_you_mean, question

# Databricks puts the tags of its clusters on machines of the cloud that it runs on.
_ON_EVERY_BILL = "databricks"
_COUNTS_NOTHING = "the budget counts nothing unless others have that tag on this bill"


def unused_budgets(settings: Settings, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Budgets of cost centres that no job on the cloud of the bill has.

    A warning only: what others deploy may have the same tag. Without a job there is none.

    Args:
        settings: of the project.
        claims: of all roots.
    """
    jobs = [claim for claim in claims if claim.file != SETTINGS_FILE]
    for index, bill in enumerate(settings.budgets if jobs else ()):
        clouds = (bill.provider, _ON_EVERY_BILL)
        shorten = format_for(settings.tags, bill.provider).shorten
        # Kubernetes and Databricks keep capitals that the cloud below them does not.
        known = {
            fit_value(bill.provider, (claim.cost_center,), shorten).text
            for claim in jobs
            if claim.cloud in clouds and claim.cost_center
        }
        for number, one in enumerate(bill.cost_centers):
            value = fit_value(bill.provider, (one.cost_center,), shorten).text
            if value not in known:
                path = ("budgets", index, "cost_centers", number, "cost_center")
                meant = did_you_mean(value, known)
                message = f'no job on {bill.provider} has the cost centre "{value}"'
                hint = question(meant) if meant else _COUNTS_NOTHING
                yield Problem(
                    "unused-budget", message, Location(SETTINGS_FILE, path), hint, "warning"
                )
