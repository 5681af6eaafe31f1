"""Whoever applies a job with a cluster of AKS must be let in: a warning where nobody is named."""

from __future__ import annotations

import pytest

from tests.plan.aks_jobs import job
from tests.plan.conftest import Plans

GROUP = "00000000-0000-4000-8000-0000000000d4"
NAMED = f"terraform: {{variables: {{admin_group_object_ids: [{GROUP}]}}}}"
WARNING = "no group is named that may do anything in the cluster"


@pytest.mark.parametrize(("block", "warned"), [("", True), (NAMED, False)])
def test_a_group_is_named(plans: Plans, block: str, warned: bool) -> None:
    """Local accounts are off, so without one the objects inside could often not be made."""
    _, problems = plans.decided(job(block=block))
    found = [plans.line_of(p) for p in problems if p.severity == "warning" and WARNING in p.message]
    assert found == ([f"9:11: advice: {WARNING}"] if warned else [])
