"""What mkdocs calls while it builds the site: order, pages from beside the code, links."""

from __future__ import annotations

import os
import string
import subprocess
from typing import Any

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from scripts.site.contents import HOME, Entry, place, sections
from scripts.site.links import DOCS, Links

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


# The report over this repository, which the page about reports leads to on the site alone.
REPORT, ABOUT_REPORTS = "report-of-this-repository.html", "docs/report.md"
_TOLD = "![The table of roots, with three choices made](report-table.png)"


class _Resolver(Treeprocessor):
    """Gives every link of the page at hand to Links, before mkdocs looks at it.

    And reads code in tables as code hosts do, for which a bar in a cell is escaped in code, too.
    """

    def __init__(self, of: _Site) -> None:
        super().__init__()
        self._of = of

    def run(self, root: Any) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name and element.get(name):
                element.set(name, self._of.links.resolve(self._of.page, element.get(name)))
        for table in root.iter("table"):
            for code in table.iter("code"):
                code.text = AtomicString((code.text or "").replace("\\|", "|"))


class _Site(Extension):
    """What is known of the site as a whole, and the page at hand."""

    links: Links
    page: str

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # What a backslash takes the meaning from, as on code hosts: all of ASCII's punctuation.
        md.ESCAPED_CHARS = list(string.punctuation)
        # Just before mkdocs' own, which has 0.
        md.treeprocessors.register(_Resolver(self), "repository", 1)


_SITE = _Site()


def _repository_path(file: File) -> str:
    path = os.path.relpath(file.abs_src_path, TOP)
    return path.replace(os.sep, "/")


def on_config(config: Any) -> Any:
    """Take the order from docs/README.md."""
    config.nav = [{"Home": place(HOME)}]
    for heading, entries in sections(TOP).items():
        config.nav.append({heading: [_item(entry) for entry in entries]})
    config.markdown_extensions = [*config.markdown_extensions, _SITE]
    if "MIKE_DOCS_VERSION" in os.environ:
        # Beside each version stands versions.json, which mike writes; the page reads it.
        config.extra["version"] = {"provider": "mike", "default": "latest"}
    return config


def _item(entry: Entry) -> dict[str, Any]:
    page = place(entry.path)
    return {entry.title: [page, *map(_item, entry.below)] if entry.below else page}


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand beside the code."""
    for entries in sections(TOP).values():
        for path in (path for entry in entries for path in entry.all()):
            if not path.startswith(DOCS):
                beside = os.path.join(TOP, path)
                files.append(File.generated(config, place(path), abs_src_path=beside))
    if program := os.environ.get("SITE_DATIVO"):
        files.append(File.generated(config, REPORT, abs_src_path=_report(program, config)))
    pages = {_repository_path(file): file.src_uri for file in files if file.abs_src_path}
    _SITE.links = Links(TOP, pages, config.repo_url, config.extra["ref"])
    return files


def _report(program: str, config: Any) -> str:
    """Writes the report, whose links lead where those of the site do; returns its path."""
    path = os.path.join(TOP, "build", REPORT)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    links = "/".join((config.repo_url.rstrip("/"), "blob", config.extra["ref"], "FILE#LLINE"))
    command = [program, "report", "--project", TOP, "--output", path, "--links", links]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Say which page comes, and where its source is."""
    _SITE.page = _repository_path(page.file)
    page.edit_url = _SITE.links.source(_SITE.page)
    if _SITE.page == HOME:
        page.meta["hide"] = ["navigation", "toc"]
    if _SITE.page == ABOUT_REPORTS and "SITE_DATIVO" in os.environ:
        before, picture, after = markdown.partition(_TOLD)
        if not picture:
            raise ValueError(f"{ABOUT_REPORTS} has no longer what the report is linked to after")
        link = f"[The report of this repository, to be clicked on]({REPORT})."
        return f"{before}{picture}\n\n{link}{after}"
    return markdown
