"""An audit for machines: JSON, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from generator.audit.compare import KINDS, Audit, Finding
from generator.text.spreadsheet import line

_COLUMNS = (
    *("kind", "address", "cloud", "type", "id", "lacking", "different", "by", "where", "why"),
)


def document(found: Audit) -> dict[str, Any]:
    """An audit as plain data.

    ::

        {"version": 1,
         "summary": {"roots": 3, "resources": 90, "fine": 80, "unrelated": 5, "wrong": 1, ...},
         "findings": [{"kind": "wrong", "address": "acme/orders/prod", "cloud": "aws",
                       "type": "...", "id": "...", "lacking": ["Owner"],
                       "different": {"CostCenter": {"is": "x", "should_be": "y"}},
                       "by": "tags", "where": "aws.json:12", "why": ""}]}
    """
    numbers = Counter(one.kind for one in found.findings)
    summary = {
        "roots": found.roots,
        "resources": found.resources,
        "fine": sum(found.fine.values()),
        "unrelated": found.unrelated,
        **{kind: numbers[kind] for kind in KINDS},
    }
    return {"version": 1, "summary": summary, "findings": [_entry(one) for one in found.findings]}


def as_json(found: Audit) -> str:
    """The same as text."""
    return json.dumps(document(found), indent=2, ensure_ascii=False) + "\n"


def as_csv(found: Audit) -> str:
    """One line a finding."""
    out = [line(_COLUMNS)]
    for one in found.findings:
        entry = _entry(one)
        entry["address"] = one.address or ""
        entry["lacking"] = " ".join(one.lacking)
        entry["different"] = "; ".join(
            f"{key}: {there} (should be {wanted})" for key, (there, wanted) in one.different.items()
        )
        out.append(line(str(entry[name]) for name in _COLUMNS))
    return "".join(out)


def _entry(one: Finding) -> dict[str, Any]:
    entry = one._asdict()
    entry["lacking"] = list(one.lacking)
    entry["different"] = {
        key: {"is": there, "should_be": wanted} for key, (there, wanted) in one.different.items()
    }
    return {name: entry[name] for name in _COLUMNS}
