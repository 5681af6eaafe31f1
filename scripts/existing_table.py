"""Write the tables of what is looked up into docs/existing-infrastructure.md."""

from __future__ import annotations

from collections.abc import Iterator

from generator.plan.existing.find import tables
from generator.plan.existing.lookup import Lookup
from generator.plan.providers import CLOUD_PROVIDERS
from generator.tags.rules import TAG_RULES
from scripts.pages import Files, between_markers

PAGE = "docs/existing-infrastructure.md"
TITLES = {**{name: TAG_RULES[name].title for name in CLOUD_PROVIDERS}, "databricks": "Databricks"}


def files() -> Files:
    """The page with its tables."""
    yield PAGE, between_markers(PAGE, {"EXISTING": lines()})


def lines() -> Iterator[str]:
    """For each cloud what is looked up, what planning has to be allowed, and what is not."""
    for cloud, title in TITLES.items():
        lookups, unverified = tables(cloud)
        yield f"\n## {title}\n"
        yield "| field | data source | verified |"
        yield "|---|---|---|"
        for (field, kind), rows in _grouped(lookups).items():
            yield f"| `{field}` | `{kind}` | {_verified(rows)} |"
        yield "\nPlanning needs:\n"
        allowed = sorted({permission for one in lookups for permission in one.permissions})
        yield ", ".join(f"`{permission}`" for permission in allowed)
        yield "\nNot looked up:\n"
        yield "| field | why |"
        yield "|---|---|"
        for one in unverified:
            yield f"| {', '.join(f'`{field}`' for field in one.fields)} | {one.reason} |"
    yield ""


def _grouped(lookups: tuple[Lookup, ...]) -> dict[tuple[str, str], list[Lookup]]:
    grouped: dict[tuple[str, str], list[Lookup]] = {}
    for lookup in lookups:
        grouped.setdefault((lookup.field, lookup.type), []).append(lookup)
    return grouped


def _verified(rows: list[Lookup]) -> str:
    checks = [check.holds for row in rows for check in row.checks]
    words = "; ".join(dict.fromkeys([f"the {rows[0].noun} is there", *checks]))
    where = ", ".join(f"`{runtime}`" for runtime in rows[0].runtimes)
    always = " always, since the provider is configured from it" if rows[0].needed else ""
    return words + (f" (on {where}{always})" if where else "")
