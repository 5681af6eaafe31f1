"""The reports for machines: JSON, and GitHub's workflow commands."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.files.folders import repository
from generator.report.located import Located
from generator.text.printable import printable


def as_json(found: Sequence[Located]) -> str:
    """A stable document: new keys may be added, none is renamed or removed.

    ::

        {"version": 1,
         "problems": [{"severity": "error", "code": "unknown-key", "message": "...",
                       "hint": "..." or null, "file": "jobs/a.yaml" or null,
                       "line": 14 or null, "column": 5 or null, "path": ["infrastructure", 0]}],
         "summary": {"errors": 1, "warnings": 0, "notes": 0, "files": 1}}
    """
    numbers = Counter(located.problem.severity for located in found)
    files = {located.file for located in found} - {None}
    document = {
        "version": 1,
        "problems": [_entry(located) for located in found],
        "summary": {
            "errors": numbers["error"],
            "warnings": numbers["warning"],
            "notes": numbers["note"],
            "files": len(files),
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _entry(located: Located) -> dict[str, Any]:
    problem = located.problem
    return {
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
        "file": located.file,
        "line": located.line,
        "column": located.column,
        "path": list(problem.location.path) if problem.location is not None else [],
    }


def as_github(found: Sequence[Located], project_dir: str) -> str:
    """One workflow command for each problem, shown beside the line in a pull request.

    The escapes are those of GitHub's own toolkit (actions/toolkit, command.ts).
    """
    prefix = repository_prefix(project_dir)
    return "".join(_command(located, prefix) for located in found)


def _command(located: Located, prefix: str) -> str:
    problem = located.problem
    properties = {}
    if located.file is not None:
        properties = {"file": printable(prefix + located.file)}
        if located.line is not None:
            properties |= {"line": str(located.line), "col": str(located.column or 1)}
    properties["title"] = problem.code
    text = printable(problem.message) + ("\n" + printable(problem.hint) if problem.hint else "")
    fields = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    command = "notice" if problem.severity == "note" else problem.severity
    return f"::{command} {fields}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def repository_prefix(project_dir: str) -> str:
    """What leads from the top of the git repository to the project folder: "" or "data/etl/"."""
    start = os.path.abspath(project_dir)
    below = os.path.relpath(start, repository(start))
    return "" if below == os.curdir else below.replace(os.sep, "/") + "/"
