"""What the modules for bills make."""

from __future__ import annotations

from typing import Any

from generator.plan.made.count import Call, Counts


def amazon(call: Call) -> Counts:
    """Of aws-billing: a tag of a cost category is activated as well."""
    keys = [call.inputs.value(name, []) for name in ("cost_allocation_tags", "cost_categories")]
    active = {key for found in keys if isinstance(found, list | tuple) for key in found}
    return {
        "aws_budgets_budget": call.many("budgets"),
        "aws_ce_cost_allocation_tag": len(active),
        "aws_ce_cost_category": call.many("cost_categories"),
    }


def google(call: Call) -> Counts:
    """Of gcp-billing: a channel for each address that hears of any budget."""
    budgets: Any = call.inputs.value("budgets", {})
    emails = {email for one in budgets.values() for email in one["alerts"]["emails"]}
    return {
        "google_billing_budget": call.many("budgets"),
        "google_monitoring_notification_channel": len(emails),
    }


def azure(call: Call) -> Counts:
    """Of azure-billing."""
    return {"azurerm_consumption_budget_subscription": call.many("budgets")}
