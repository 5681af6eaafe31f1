"""Write the tables of what is looked up into docs/existing-infrastructure.md.

python scripts/existing_table.py           writes
python scripts/existing_table.py --check   exit code 1 when the page is stale; writes nothing
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from generator.plan.existing.find import tables
from generator.plan.existing.lookup import Lookup

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(TOP, "docs", "existing-infrastructure.md")
TITLES = {"aws": "AWS", "gcp": "Google Cloud", "azure": "Azure", "databricks": "Databricks"}


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    with open(PAGE, encoding="utf-8", newline="") as stream:
        old = stream.read()
    begin, end = "<!-- BEGIN_EXISTING -->\n", "<!-- END_EXISTING -->"
    head, _, rest = old.partition(begin)
    _, _, tail = rest.partition(end)
    if not rest or not tail:
        print(f"{PAGE}: markers BEGIN_EXISTING and END_EXISTING are missing", file=sys.stderr)
        return 1
    new = f"{head}{begin}" + "".join(f"{line}\n" for line in lines()) + f"{end}{tail}"
    if new == old:
        return 0
    if "--check" in arguments:
        print(f"{PAGE} is stale: run python scripts/existing_table.py", file=sys.stderr)
        return 1
    with open(PAGE, "w", encoding="utf-8", newline="") as stream:
        stream.write(new)
    return 0


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
