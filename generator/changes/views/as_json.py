"""Changes as a JSON document; keys may be added, none is renamed or removed."""

from __future__ import annotations

import json
from typing import Any

from generator.changes.model import Cause, Changes, Difference, RootChanged
from generator.changes.views.options import Options
from generator.changes.views.parts import kinds_of


def as_json(changes: Changes, options: Options) -> str:
    """The whole comparison.

    ::

        {"version": 1, "base": "COMMIT", "head": "COMMIT" or null for the work tree,
         "base_shown": "main at 0123", "head_shown": "the work tree",
         "summary": {"roots": 2, "plan": 1, "kinds": {"changed": 1, "text": 1}},
         "roots": [{"root": "generated/acme/orders/prod", "kind": "changed", "plan": true,
                    "tenant": "acme", "job": "orders", "environment": "prod", "region": null,
                    "cloud": "aws", "backend": "s3", "job_file": "jobs/acme/orders.yaml",
                    "moved_from": null,
                    "causes": [{"file": "dativo.yaml", "line": 1, "column": 1, "text": "..."}],
                    "differences": [{"part": "tag", "name": "CostCenter", "change": "changed",
                                     "old": "A", "new": "B", "replaces": null}],
                    "notes": ["..."]}],
         "rows": [{"part", "name", "change", "old", "new", "replaces", "roots": [], "causes": []}],
         "highlights": [{"kind": "rename", "text": "...", "roots": []}],
         "hints": ["..."], "problems": []}
    """
    document = {
        "version": 1,
        "base": changes.base.commit,
        "head": changes.head.commit,
        "base_shown": changes.base.shown,
        "head_shown": changes.head.shown,
        "summary": {
            "roots": len(changes.roots),
            "plan": len(changes.to_plan),
            "kinds": kinds_of(changes.roots),
        },
        "roots": [_root(root) for root in changes.roots],
        "rows": [
            {
                **_difference(row.difference),
                "roots": list(row.roots),
                "causes": [_cause(cause) for cause in row.causes],
            }
            for row in changes.rows
        ],
        "highlights": [
            {"kind": one.kind, "text": one.text, "roots": list(one.roots)}
            for one in changes.highlights
        ],
        "hints": changes.hints,
        "problems": [
            {
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint or None,
                "file": problem.location.file if problem.location else None,
            }
            for problem in changes.problems
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _root(root: RootChanged) -> dict[str, Any]:
    return {
        "root": root.root,
        "kind": root.kind,
        "plan": root.plan,
        "tenant": root.tenant,
        "job": root.job,
        "environment": root.environment,
        "region": root.region or None,
        "cloud": root.cloud or None,
        "backend": root.backend or None,
        "job_file": root.job_file,
        "moved_from": root.moved_from or None,
        "causes": [_cause(cause) for cause in root.causes],
        "differences": [_difference(difference) for difference in root.differences],
        "notes": root.notes,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return cause._asdict()


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "part": difference.part,
        "name": difference.name,
        "change": difference.change,
        "old": difference.old,
        "new": difference.new,
        "replaces": difference.replaces or None,
    }
