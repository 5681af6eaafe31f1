"""The work of a pipeline in the forms that CI systems read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.ci.work import NO_WORK, Work
from generator.errors import UsageError


def github_matrix(works: Sequence[Work]) -> str:
    """One line for ``strategy.matrix: ${{ fromJSON(…) }}``.

    GitHub fails a matrix without jobs, so that where there is nothing to do one entry with
    ``count`` 0 stands for it.
    """
    entries = [work.document() for work in works or (NO_WORK,)]
    return json.dumps({"include": entries}, separators=(",", ":")) + "\n"


def azure_matrix(works: Sequence[Work]) -> str:
    """One line for ``strategy.matrix: $[ … ]``: name of a leg to its variables, which are text.

    The name of a leg may hold letters, digits and underscores only; the roots are a JSON list.
    """
    legs: dict[str, dict[str, str]] = {}
    for number, work in enumerate(works or (NO_WORK,), 1):
        entry: dict[str, Any] = {
            "name": work.name,
            "roots": json.dumps(list(work.roots)),
            "count": str(len(work.roots)),
            "environment": work.environment,
            "cloud": work.cloud,
            "wave": str(work.wave),
            "group": work.group,
        }
        legs[f"job_{number:03d}"] = entry
    return json.dumps(legs, separators=(",", ":")) + "\n"


def of_wave(matrix: str, wave: int) -> str:
    """The jobs of one wave of a matrix that ``github_matrix`` made, as a matrix.

    Raises:
        UsageError: it is no such matrix.
    """
    try:
        entries = json.loads(matrix)["include"]
        chosen = [one for one in entries if one["wave"] == wave and one["count"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError("that is no matrix that dativo printed") from error
    document = {"include": chosen or [NO_WORK.document()]}
    return json.dumps(document, separators=(",", ":")) + "\n"


def azure_variables(matrix: str) -> str:
    """The lines by which a step of Azure Pipelines hands on what ``azure_matrix`` made.

    Two output variables for each group of roots: NAME is the matrix of its jobs, for plans, and
    NAME_roots all its roots as a JSON list, for the one job that applies them.

    Raises:
        UsageError: it is no such matrix.
    """
    groups: dict[str, dict[str, Any]] = {}
    try:
        for leg, entry in json.loads(matrix).items():
            if entry["count"] != "0":
                groups.setdefault(entry["group"], {})[leg] = entry
        lines = []
        for name, legs in sorted(groups.items()):
            roots = [root for one in legs.values() for root in json.loads(one["roots"])]
            for variable, value in ((name, legs), (f"{name}_roots", roots)):
                text = json.dumps(value, separators=(",", ":"))
                # A logging command ends with the line, and %AZP25 is how a per cent is written.
                text = text.replace("%", "%AZP25")
                lines.append(f"##vso[task.setvariable variable={variable};isOutput=true]{text}\n")
        return "".join(lines)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError("that is no matrix that dativo printed") from error
