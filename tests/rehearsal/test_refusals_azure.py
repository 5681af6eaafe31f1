"""What Azure and its provider refuse, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from generator.rehearsal.rules import check

GROUP = "azurerm_resource_group"
JOB = "azurerm_container_app_job"
GROUPS = [f"/subscriptions/x/actionGroups/{number}" for number in range(6)]


def _summaries(kind: str, value: dict[str, Any]) -> list[str]:
    return [summary for summary, _ in check("azurerm", kind, value)]


@pytest.mark.parametrize(("letter", "most"), [("a", 256), ("ü", 128), ("日", 85)])
def test_values_of_tags_count_in_bytes(letter: str, most: int) -> None:
    """The provider counts what UTF-8 takes, where Azure counts characters."""
    assert _summaries(GROUP, {"tags": {"note": letter * most}}) == []
    assert _summaries(GROUP, {"tags": {"note": letter * (most + 1)}}) == [
        f"{GROUP}: tag value too long"
    ]


def test_names_of_tags_count_in_bytes() -> None:
    """512 bytes are 256 umlauts."""
    assert _summaries(GROUP, {"tags": {"ü" * 256: "x"}}) == []
    assert _summaries(GROUP, {"tags": {"ü" * 257: "x"}}) == [f"{GROUP}: invalid tag name"]


@pytest.mark.parametrize("kind", ["metric_alert", "scheduled_query_rules_alert_v2"])
def test_an_alert_tells_five_channels(kind: str) -> None:
    """A sixth action group is refused, in either kind of alert."""
    kind = f"azurerm_monitor_{kind}"

    def alert(groups: list[str]) -> dict[str, Any]:
        if kind.endswith("v2"):
            return {"action": [{"action_groups": groups}]}
        return {"action": [{"action_group_id": group} for group in groups]}

    assert _summaries(kind, alert(GROUPS[:5])) == []
    assert _summaries(kind, alert(GROUPS)) == [f"{kind}: too many action groups"]


def test_runs_that_events_start() -> None:
    """No more at least than at most, and each rule has a name of its own."""
    rules = [{"name": "orders"}, {"name": "orders"}]
    scale = {"min_executions": 2, "max_executions": 1, "rules": rules}
    assert _summaries(JOB, {"event_trigger_config": [{"scale": [scale]}]}) == [
        f"{JOB}: min_executions over max_executions",
        f"{JOB}: scale rule given twice",
    ]
