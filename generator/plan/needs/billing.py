"""What the modules for bills have in common."""

from __future__ import annotations

from typing import Any

from generator.plan.needs.need import ModuleInputs, When


def on_channel(text: str, part: str) -> When:
    """The alerts of a budget go to something whose name has a part.

    Args:
        text: for the table in the module's README.
        part: of the name.
    """

    def holds(inputs: ModuleInputs) -> bool:
        budgets: Any = inputs.value("budgets")
        given = budgets.values() if isinstance(budgets, dict) else ()
        return any(part in name for one in given for name in one["alerts"]["channels"])

    return When(text, holds)


def _emails(inputs: ModuleInputs) -> bool:
    budgets: Any = inputs.value("budgets")
    return isinstance(budgets, dict) and any(one["alerts"]["emails"] for one in budgets.values())


ON_EMAILS = When("`emails`", _emails)
