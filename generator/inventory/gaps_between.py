"""Gaps that show only when roots are held against each other, or against the disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from generator.files.names import MANIFEST
from generator.inventory.facts import Row
from generator.inventory.gaps import ERROR, PROD, WARNING, Gap, gap
from generator.job.project import Project
from generator.text.count import count
from generator.tree.scan import scan

# Column to its name for people.
_NAMES = {
    "cost_center": "cost centre",
    "owner": "owner",
    "team": "team",
    "business_unit": "business unit",
}
# Cloud, bucket and parts of a prefix to the first root of each environment there.
_First = dict[tuple[str, ...], dict[str, Row]]


class _Of(NamedTuple):
    """What is kept of a row until all are known."""

    row: Row
    parts: tuple[str, ...]


class Between:
    """Grows row by row, and keeps a few texts of each."""

    def __init__(self) -> None:
        self._rows: list[_Of] = []
        self._spellings: dict[str, dict[str, Counter[str]]] = {name: {} for name in _NAMES}

    def add(self, row: Row) -> None:
        """Take a root in."""
        keys = ("address", "environment", "cloud", *_NAMES)
        slim = {name: row[name] for name in keys}
        slim["where"] = {name: row["where"].get(name) for name in ("job", "data", *_NAMES)}
        self._rows.append(_Of(slim, tuple((row["data"] or "").split("/")) if row["data"] else ()))
        for name, groups in self._spellings.items():
            if (value := row[name]) is not None:
                groups.setdefault(_folded(value), Counter())[value] += 1

    def gaps(self) -> Iterator[Gap]:
        """The gaps of all roots that were taken in, root by root."""
        sharing = self._sharing()
        for one in self._rows:
            yield from self._near_duplicates(one.row)
            if (shared := sharing.get(one.row["address"])) is not None:
                yield shared

    def _near_duplicates(self, row: Row) -> Iterator[Gap]:
        """Whoever spells a name otherwise than most do."""
        for name, groups in self._spellings.items():
            value = row[name]
            if value is None or len(spellings := groups[_folded(value)]) < 2:
                continue
            usual, often = min(spellings.items(), key=lambda item: (-item[1], item[0]))
            if value != usual:
                message = f"the {_NAMES[name]} {value} is {usual} in {count(often, 'other root')}"
                yield gap(row, WARNING, "near-duplicate", message, name)

    def _sharing(self) -> dict[str, Gap]:
        """Roots that write where roots of another environment do, above or below that."""
        at: _First = {}
        below: _First = {}
        for row, parts in self._rows:
            for end in range(1, len(parts) + 1):
                key = row["cloud"], *parts[:end]
                below.setdefault(key, {}).setdefault(row["environment"], row)
                if end == len(parts):
                    at.setdefault(key, {}).setdefault(row["environment"], row)
        found: dict[str, Gap] = {}
        for row, parts in self._rows:
            keys = [(row["cloud"], *parts[:end]) for end in range(1, len(parts) + 1)]
            near = [at.get(key, {}) for key in keys] + [below.get(key, {}) for key in keys[-1:]]
            others = {
                other["address"]: other
                for each in near
                for environment, other in each.items()
                if environment != row["environment"]
            }
            if others:
                found[row["address"]] = _shared(row, others, "/".join(parts))
        return found


def _shared(row: Row, others: dict[str, Row], path: str) -> Gap:
    """The worst of them is told: of prod and something else."""
    apart = {name: one for name, one in others.items() if _is_prod(one) != _is_prod(row)}
    name, other = min((apart or others).items())
    met = f"{row['environment']} writes to {path}, where {other['environment']} does, too ({name})"
    return gap(row, ERROR if apart else WARNING, "shared-prefix", met, "data")


def _is_prod(row: Row) -> bool:
    return row["environment"].lower() in PROD


def _folded(text: str) -> str:
    """What people take for the same: no case, no blanks, no punctuation."""
    return re.sub(r"[\W_]+", "", text.casefold()) or text


def retired(project: Project) -> Iterator[Gap]:
    """Roots that hold nothing any more, and whose folders are still there.

    Raises:
        TreeError: the output folder cannot be read.
    """
    output = project.settings.output
    found, _ = scan(project.folder, output, lambda _, data: b'"retired": true' in data)
    for folder, manifest in found.items():
        if manifest.retired:
            message = "the job is gone and the root is retired: apply it, then run dativo prune"
            yield Gap(
                WARNING, "retired-root", message, folder, f"{output}/{folder}/{MANIFEST}", None
            )
