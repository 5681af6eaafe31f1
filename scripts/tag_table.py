"""Write the table of tags into docs/tags.md, between its markers.

python scripts/tag_table.py           writes
python scripts/tag_table.py --check   exit code 1 when the page is stale; writes nothing
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from generator.concepts.styles import key_in_style
from generator.concepts.table import CONCEPTS, CONTAINS, GROUPS, Concept
from generator.tags.rules import RULES, fit_key

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "tags.md")
STYLES = ("pascal", "snake", "namespaced")
TITLES = {
    "identity": "Identity",
    "asset": "Asset",
    "classification": "Classification",
    "finops": "FinOps",
    "infrastructure": "Infrastructure",
    "governance": "Governance",
}
# Shown beside the concepts of the table: one for each class of data.
EXAMPLE = Concept(
    f"{CONTAINS}pii",
    "classification",
    "true for each class of the data (here PII)",
    ("follows from data_classification",),
    ("ContainsPII",),
)


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    with open(PAGE, encoding="utf-8", newline="") as stream:
        old = stream.read()
    new = old
    for name, lines in (("TAGS", tags()), ("CLOUDS", clouds())):
        begin, end = f"<!-- BEGIN_{name} -->\n", f"<!-- END_{name} -->"
        head, _, rest = new.partition(begin)
        _, _, tail = rest.partition(end)
        if not rest or not tail:
            print(f"{PAGE}: markers BEGIN_{name} and END_{name} are missing", file=sys.stderr)
            return 1
        new = f"{head}{begin}" + "".join(f"{line}\n" for line in lines) + f"{end}{tail}"
    if new == old:
        return 0
    if "--check" in arguments:
        print(f"{PAGE} is stale: run python scripts/tag_table.py", file=sys.stderr)
        return 1
    with open(PAGE, "w", encoding="utf-8", newline="") as stream:
        stream.write(new)
    return 0


def tags() -> Iterator[str]:
    """The tables of tags, one a group."""
    for group in GROUPS:
        rows = [concept for concept in CONCEPTS.values() if concept.group == group]
        if group == EXAMPLE.group:
            rows.insert(1, EXAMPLE)
        yield f"\n### {TITLES[group]}\n"
        yield "| tag | says | taken from | pascal | namespaced | Google Cloud | also read |"
        yield "|---|---|---|---|---|---|---|"
        for concept in rows:
            keys = {style: key_in_style(concept.name, style, "dativo") for style in STYLES}
            label = fit_key("gcp", concept.name, "pascal", "dativo", True).text
            former = [s for s in concept.former if s not in keys.values()]
            cells = [
                f"`{keys['snake']}`" + (" (list)" if concept.many else ""),
                concept.text,
                _origin(concept),
                f"`{keys['pascal']}`",
                f"`{keys['namespaced']}`",
                f"`{label}`",
                " ".join(f"`{spelling}`" for spelling in former),
            ]
            yield f"| {' | '.join(cells)} |".replace("|  |", "| |")
    yield ""


def _origin(concept: Concept) -> str:
    if concept.usual:
        return f"{concept.usual} unless set"
    return "; ".join(concept.sources) or "`infrastructure.tags` only"


def clouds() -> Iterator[str]:
    """The table of limits."""
    yield ""
    yield "| | at most | key | value | lists joined by | reserved keys |"
    yield "|---|---|---|---|---|---|"
    for cloud in RULES.values():
        reserved = [f"`{start}`…" for start in cloud.reserved]
        reserved += [f"`{key}`" for key in cloud.taken]
        yield (
            f"| {cloud.title} | {cloud.most or 'any number of'} {cloud.word}s | {cloud.key_most} | "
            f"{cloud.value_most} | `{cloud.joiner}` | {' '.join(reserved)} |"
        )
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
