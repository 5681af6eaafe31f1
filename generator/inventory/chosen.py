"""Which rows and columns of a report are asked for: ``--where`` and ``--columns``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.errors import UsageError
from generator.inventory.facts import Row
from generator.text.globs import matches
from generator.text.hints import suggest
from generator.text.patterns import lazy

# Every column, in the order in which tables show them.
COLUMNS = (
    *("address", "tenant", "job", "environment", "cloud", "account", "region", "runtime", "size"),
    *("cpu", "memory_gib", "copies", "started_by", "schedule", "timezone", "runs_a_month"),
    *("timeout_seconds", "max_retries", "vcpu_hours_a_month", "gib_hours_a_month"),
    *("hours_capped", "hours_unknown"),
    *("cost_center", "owner", "team", "business_unit", "classes", "regulations"),
    *("retention_days", "encryption_required", "key", "private_network", "secrets", "alerts"),
    *("image", "image_tag", "image_digest", "resources", "resources_at_least", "taggable"),
    *("not_taggable", "state", "data", "asset", "asset_file", "module"),
    *("where_job", "where_cost_center", "where_owner"),
)
# Other words for a column that people try first.
_ALSO = {
    "class": "classes",
    "regulation": "regulations",
    "secret": "secrets",
    "alert": "alerts",
    "name": "job",
    "file": "where_job",
    "retention": "retention_days",
    "timeout": "timeout_seconds",
    "cost_centre": "cost_center",
}
_NONE = ("none", "")
_CONDITION = lazy(r"(?P<column>[A-Za-z_-]+)(?P<sign>!?=)(?P<value>.*)")


class Condition(NamedTuple):
    """One condition on rows.

    Attributes:
        column: one of ``COLUMNS``.
        value: what it is, in lower case, with ``*`` for any text; empty for nothing.
        holds: False where rows are wanted that have another one.
    """

    column: str
    value: str
    holds: bool

    def takes(self, row: Row) -> bool:
        """Whether a row is wanted: one of a list is enough, upper and lower case are the same."""
        found = texts_of(value_of(row, self.column))
        if self.value in _NONE:
            return (not found) == self.holds
        # A star is any text here, with slashes and colons.
        pattern = self.value.replace("*", "**")
        return any(matches(pattern, text.lower()) for text in found) == self.holds


def conditions(texts: Iterable[str]) -> list[Condition]:
    """What ``--where`` was given: COLUMN=VALUE, or COLUMN!=VALUE.

    Raises:
        UsageError: it is neither, or there is no such column.
    """
    found = []
    for text in texts:
        match = _CONDITION.fullmatch(text)
        if match is None:
            raise UsageError(f"--where {text}: write COLUMN=VALUE or COLUMN!=VALUE")
        value = match["value"].strip().lower()
        found.append(Condition(column(match["column"]), value, match["sign"] == "="))
    return found


def columns(text: str | None, usual: Sequence[str]) -> tuple[str, ...]:
    """What ``--columns`` was given: names with commas between; the usual ones without it.

    Raises:
        UsageError: there is no such column, or none is named.
    """
    if text is None:
        return tuple(usual)
    names = [part.strip() for part in text.split(",") if part.strip()]
    if not names:
        raise UsageError("--columns names no column")
    return tuple(dict.fromkeys(column(name) for name in names))


def column(name: str) -> str:
    """The column that a name means.

    Raises:
        UsageError: none.
    """
    folded = name.lower().replace("-", "_")
    folded = _ALSO.get(folded, folded)
    if folded not in COLUMNS:
        hint = suggest(folded, (*COLUMNS, *_ALSO), f"there are {', '.join(COLUMNS)}")
        raise UsageError(f"{name}: no such column; {hint}")
    return folded


def value_of(row: Row, name: str) -> Any:
    """What a row has in a column."""
    prefix, _, rest = name.partition("_")
    return row["where"][rest] if prefix == "where" else row[name]


def texts_of(value: Any) -> list[str]:
    """A value as texts: none of nothing, several of a list."""
    if value is None or value == []:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
