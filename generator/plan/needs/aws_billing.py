"""The rows of ``modules/aws-billing``."""

from __future__ import annotations

from typing import Any

from generator.plan.needs.need import ModuleInputs, Need, When, given


def _tells_topics(inputs: ModuleInputs) -> bool:
    """Whether the alerts of a budget go to a topic."""
    budgets: Any = inputs.value("budgets")
    return isinstance(budgets, dict) and any(one["alerts"]["channels"] for one in budgets.values())


ROWS = (
    Need(
        "must exist",
        "the tags of `cost_allocation_tags`, on a bill: resources had them for a day",
        "AWS activates no tag that it has not seen",
        given("cost_allocation_tags"),
    ),
    Need(
        "whoever plans",
        "`budgets:ViewBudget`, `budgets:ListTagsForResource`",
        "refreshing the budgets",
    ),
    Need(
        "whoever plans",
        "`ce:ListCostAllocationTags`, `ce:DescribeCostCategoryDefinition`,"
        " `ce:ListTagsForResource`, in the management account of the organization",
        "refreshing what splits costs",
        given("cost_allocation_tags"),
    ),
    Need(
        "whoever applies",
        "`budgets:ModifyBudget`, `budgets:TagResource`, `budgets:UntagResource`",
        "the budgets and their alerts",
    ),
    Need(
        "whoever applies",
        "`ce:UpdateCostAllocationTagsStatus`, `ce:CreateCostCategoryDefinition`,"
        " `ce:UpdateCostCategoryDefinition`, `ce:DeleteCostCategoryDefinition`,"
        " `ce:TagResource`, `ce:UntagResource`",
        "what splits costs",
        given("cost_allocation_tags"),
    ),
    Need(
        "must exist",
        "the topics of `channels`, whose policies let `budgets.amazonaws.com` publish",
        "AWS sends nothing to a topic that it may not publish to",
        When("`channels`", _tells_topics),
    ),
)
