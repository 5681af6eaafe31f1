"""The site of the documentation: what is on it, in what order, and where its links lead."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from scripts.first_page import excerpt
from scripts.site.contents import HOME, place, sections, title
from scripts.site.links import Links
from tests.docs.examples import ROOT, pages

TOP = str(ROOT)
LISTED = [path for entries in sections(TOP).values() for entry in entries for path in entry.all()]
ON_SITE = [HOME, *LISTED]


def headings(text: str) -> list[tuple[str, str]]:
    """The headings of a page, as code hosts read it: level and text."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [
        (token.tag, "".join(part.content for part in tokens[at + 1].children or []))
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def anchor(heading: str) -> str:
    """A heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_is_listed_once() -> None:
    """The tables of docs/README.md, which are the site's order, name each page of docs/ once."""
    docs = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")]
    modules = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("modules/*/README.md")]
    assert sorted(set(ON_SITE)) == sorted(ON_SITE)
    assert {*docs, *modules} <= set(ON_SITE)
    assert [path for path in ON_SITE if not (ROOT / path).is_file()] == []


def test_no_two_pages_have_one_place() -> None:
    """A page from beside the code takes the place of none below docs/."""
    assert len({place(path) for path in ON_SITE}) == len(ON_SITE)


@pytest.mark.parametrize("path", ON_SITE)
def test_a_page_has_one_title(path: str) -> None:
    """The title comes first and is the only one; no level is left out below it; and each heading
    can be told from the others by a link, the same on the site and on code hosts.
    """
    found = headings((ROOT / path).read_text(encoding="utf-8"))
    levels = [int(tag[1]) for tag, _ in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    if path != "CHANGELOG.md":
        anchors = [anchor(text) for _, text in found]
        assert sorted(anchors) == sorted(set(anchors))
    assert title(TOP, path)


def test_anchors_lead_somewhere() -> None:
    """A link into a page names a heading that the page has, as code hosts call it."""
    known: dict[Path, set[str]] = {}
    broken = []
    for page in pages():
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link, fragment in re.findall(r"\]\(([^)#\s:]*)#([^)\s]*)\)", text):
            target = (page.parent / link).resolve() if link else page
            target = target / "README.md" if target.is_dir() else target
            if target.suffix != ".md":
                continue
            if target not in known:
                found = headings(target.read_text(encoding="utf-8"))
                known[target] = {anchor(text) for _, text in found}
            if fragment not in known[target]:
                broken.append(f"{page.relative_to(ROOT)}: {link}#{fragment}")
    assert broken == []


@pytest.mark.parametrize(
    ("page", "link", "leads"),
    [
        ("docs/roots.md", "tags.md#layers", "tags.md#layers"),
        ("docs/roots.md", "#after", "#after"),
        ("docs/roots.md", "../modules/aws-emr", "modules/aws-emr/README.md"),
        ("docs/roots.md", "../modules/aws-emr/#inputs", "modules/aws-emr/README.md#inputs"),
        ("docs/reference/keys.md", "../benchmarks.svg", "../benchmarks.svg"),
        ("docs/adr/0001.md", "../../modules/README.md", "../modules/README.md"),
        ("modules/aws-emr/README.md", "../../docs/tags.md", "../../tags.md"),
        (
            "docs/roots.md",
            "../modules/aws-emr/main.tf#L3",
            "HOST/blob/v1/modules/aws-emr/main.tf#L3",
        ),
        ("docs/roots.md", "../generator/job/", "HOST/tree/v1/generator/job"),
        ("docs/roots.md", "../modules/none.tf", "../modules/none.tf"),
        ("docs/roots.md", "../../elsewhere/README.md", "../../elsewhere/README.md"),
        ("docs/roots.md", "https://example.com/a.md", "https://example.com/a.md"),
        ("docs/roots.md", "//example.com/a.md", "//example.com/a.md"),
        ("docs/roots.md", "mailto:a@example.com", "mailto:a@example.com"),
    ],
)
def test_a_link_leads(page: str, link: str, leads: str) -> None:
    """A link between pages stays on the site; one to other files leads to the repository, at the
    branch or tag that the site is of; one that is broken stays so, for the build to tell.
    """
    files = [*ON_SITE, "docs/benchmarks.svg", "docs/adr/0001.md"]
    links = Links(TOP, {path: place(path) for path in files}, "HOST/", "v1")
    assert links.resolve(page, link) == leads


def test_an_excerpt_marks_what_it_leaves_out() -> None:
    """Lines of a file are shown as they are; a gap is told at the depth of what follows."""
    path = "generated/acme/stripe-customers/prod/main.tf"
    shown = list(excerpt(path, ["module", "  source", "", "  name ", "  tags ", "}"]))
    assert shown[1:4] == ['  source = "../../../../modules/aws-ecs-fargate"', "", shown[3]]
    assert shown[4:] == ["  # …", "  tags = local.tags", "}"]
    with pytest.raises(ValueError, match="no line '  nonsense' after line 3"):
        list(excerpt(path, ["module", "  nonsense"]))


def test_no_diagram_needs_a_script() -> None:
    """Diagrams are pictures: code hosts draw Mermaid's, and the site would fetch what draws them
    from another host.
    """
    assert [page for page in pages() if "```mermaid" in page.read_text(encoding="utf-8")] == []
