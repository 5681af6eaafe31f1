"""The report in SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator.report.located import Located
from generator.report.machine import repository_prefix
from generator.text.printable import printable
from generator.version import __version__

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(found: Sequence[Located], project_dir: str) -> str:
    """One run with one result for each problem.

    Files are named from the top of the repository; columns count characters.
    """
    prefix = repository_prefix(project_dir)
    rules = sorted({located.problem.code for located in found})
    run = {
        "tool": {
            "driver": {
                "name": "dativo",
                "semanticVersion": __version__,
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(located, prefix, rules) for located in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(located: Located, prefix: str, rules: list[str]) -> dict[str, Any]:
    problem = located.problem
    text = printable(problem.message) + (f" ({printable(problem.hint)})" if problem.hint else "")
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rules.index(problem.code),
        "level": problem.severity,
        "message": {"text": text},
    }
    if located.file is not None:
        address = {
            "uri": quote(prefix + located.file, errors="surrogatepass"),
            "uriBaseId": "%SRCROOT%",
        }
        physical: dict[str, Any] = {"artifactLocation": address}
        if located.line is not None:
            physical["region"] = {"startLine": located.line, "startColumn": located.column or 1}
        result["locations"] = [{"physicalLocation": physical}]
    return result
