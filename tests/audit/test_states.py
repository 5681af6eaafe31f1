"""States that Terraform itself made: roots applied to make-believe clouds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.rehearsal import rehearse
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.tags import rehearsed_resources

TOP = Path(__file__).resolve().parents[2]
ROOTS = ("acme/stripe-customers/prod", "acme/marketing_events/prod", "acme/hubspot-contacts/prod")


@pytest.mark.deep
@pytest.mark.terraform
@pytest.mark.parametrize("root", ROOTS)
def test_an_applied_root_is_as_intended(
    root: str, attached: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Terraform shows of a root's state has nothing to tell, until somebody edits a tag."""
    states: list[Mapping[str, Any]] = []

    def noted(state: Mapping[str, Any], *expected: Any) -> Any:
        states.append(state)
        return rehearsed_resources(state, *expected)

    monkeypatch.setattr(rehearse, "rehearsed_resources", noted)
    rehearse.rehearse_root(str(TOP / "generated" / root), mirror=attached)
    path = tmp_path / "state.json"
    path.write_text(json.dumps(states[0]), encoding="utf-8")
    found, problems = generator.audit_tags(TOP, [path])
    assert not problems and found.findings == []
    assert found.fine[root] == found.resources > 2

    path.write_text(json.dumps(states[0]).replace("data-platform", "edited"), encoding="utf-8")
    edited, _ = generator.audit_tags(TOP, [path])
    assert {one.kind for one in edited.findings} == {"wrong"}
    assert {one.address for one in edited.findings} == {root}
