"""The report over all roots, as data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from generator.inventory.chosen import conditions
from generator.inventory.report import report
from generator.job.project import open_project


def report_roots(
    project_dir: str | os.PathLike[str] = ".", *, where: Iterable[str] = ()
) -> dict[str, Any]:
    """Who owns each root, what it may use at most, and what it lacks.

    Roots that cannot be planned are missing; a gap of the rule "cannot-be-planned" says why.

    Args:
        project_dir: the project folder.
        where: conditions that roots must meet, such as "class=PII" and "key=none".

    Returns:
        format, rows, pivots and gaps, as in the JSON of ``dativo report``.

    Raises:
        InputError: dativo.yaml is wrong, or a folder cannot be read.
        UsageError: a condition on no column.
    """
    return report(open_project(os.fspath(project_dir)), conditions(where)).document()
