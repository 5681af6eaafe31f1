"""Write the table of tags into docs/tags.md, between its markers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.concepts.styles import key_in_style
from generator.concepts.table import CONCEPTS, CONTAINS, GROUPS, Concept
from generator.tags.rules import TAG_RULES, fit_key
from scripts.pages import Files, between_markers

PAGE = "docs/tags.md"
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


def files() -> Files:
    """The page with its tables."""
    yield PAGE, between_markers(PAGE, {"TAGS": tags(), "CLOUDS": clouds()})


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
    for cloud in TAG_RULES.values():
        reserved = [f"`{start}`…" for start in cloud.reserved]
        reserved += [f"`{key}`" for key in cloud.taken]
        yield (
            f"| {cloud.title} | {cloud.most or 'any number of'} {cloud.word}s | {cloud.key_most} | "
            f"{cloud.value_most} | `{cloud.joiner}` | {' '.join(reserved)} |"
        )
    yield ""
