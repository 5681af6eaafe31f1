"""The rows of ``modules/azure-billing``.

Sources: Microsoft's documentation, "Assign access to Cost Management data", "Tutorial: create and
manage budgets", "Azure built-in roles".
"""

from __future__ import annotations

from generator.plan.needs.billing import on_channel
from generator.plan.needs.need import Need

_GROUPS = on_channel("`channels`", "/")

ROWS = (
    Need("resource provider", "Microsoft.Consumption", "the budgets"),
    Need(
        "must exist",
        "the action groups of `channels`",
        "a budget calls what is there",
        _GROUPS,
    ),
    Need(
        "whoever plans",
        "Cost Management Reader on the subscription",
        "refreshing the budgets",
    ),
    Need(
        "whoever applies",
        "Cost Management Contributor on the subscription",
        "the budgets and their alerts",
    ),
)
